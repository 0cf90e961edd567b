import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fold } from '../../../modules/customers/server/identity/match/letters.ts'
import { EMPTY_PROFILE, type Profile } from '../../../modules/customers/server/identity/match/profile.ts'

/** Cards of which it is known who is who. */
export interface LabelledSet {
  readonly name: string
  readonly cards: readonly { readonly profile: Profile; readonly truth: string; readonly side?: 'a' | 'b' }[]
  /** Some cards carry a number that names a person outright. */
  readonly hasIds?: boolean
  /** What others reach on it. */
  readonly others: string
}

const folder = process.env.IDENTITY_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data/identity')

/** The public labelled sets, as far as they lie in the folder that `IDENTITY_DATA` names. */
export function labelledSets(): LabelledSet[] {
  const sets = [febrl1, febrl4, sites].map((read) => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Absent)) throw error
      console.warn(
        `\n!!! ${error.message}: this labelled set is NOT measured. Set IDENTITY_DATA to the folder that has it.\n`,
      )
      return undefined
    }
  })
  return sets.filter((set) => set !== undefined)
}

class Absent extends Error {}

const febrl1 = (): LabelledSet => ({
  name: 'FEBRL 1 (1,000 people, 500 pairs)',
  hasIds: true,
  cards: rows('febrl-dataset1.csv').map(febrlCard),
  others: 'Fellegi–Sunter with EM: F1 0.999 with the id number, 0.994 without',
})

const febrl4 = (): LabelledSet => ({
  name: 'FEBRL 4 (5,000 + 5,000 people, 5,000 pairs)',
  hasIds: true,
  cards: (['a', 'b'] as const).flatMap((side) =>
    rows(`febrl-dataset4${side}.csv`).map((row) => ({ ...febrlCard(row), side })),
  ),
  others: 'Fellegi–Sunter with EM: F1 0.999 with the id number, 0.992 without',
})

const sites = (): LabelledSet => ({
  name: 'Chicago child care (3,337 records, 6,608 pairs)',
  cards: rows('chicago-childcare-sites.csv').map((row) => ({
    truth: row['True Id'] ?? '',
    profile: {
      ...EMPTY_PROFILE,
      companies: [row['Site name'] ?? ''].filter((name) => name.trim() !== ''),
      address: row.Address?.trim() || null,
      postcode: row.Zip?.slice(0, 5) || null,
      phones: addresses(row.Phone),
      emails: addresses(row['Email Address']?.toLowerCase()),
    },
  })),
  others: '3-gram TF-IDF: F1 0.899',
})

const addresses = (value = '') => (value.trim() ? [{ value: value.trim(), trusted: true, shared: false }] : [])

const febrlCard = (row: Record<string, string>) => {
  const born = row.date_of_birth ?? ''
  const word = (key: string) => fold(row[key] ?? '') || null
  return {
    truth: /^rec-\d+/.exec(row.rec_id ?? '')?.[0] ?? '',
    profile: {
      ...EMPTY_PROFILE,
      given: word('given_name'),
      surname: word('surname'),
      birthday: /^\d{8}$/.test(born) ? `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}` : null,
      address: [row.street_number, row.address_1, row.address_2].filter(Boolean).join(' ') || null,
      city: row.suburb || null,
      postcode: row.postcode || null,
      ids: addresses(row.soc_sec_id),
    },
  }
}

/** The set without numbers that name a person outright. */
export const withoutIds = ({ name, cards, others }: LabelledSet): LabelledSet => ({
  name: `${name}, without the id number`,
  others,
  cards: cards.map((card) => ({ ...card, profile: { ...card.profile, ids: [] } })),
})

function rows(file: string): Record<string, string>[] {
  const place = path.join(folder, file)
  if (!existsSync(place)) throw new Absent(`${place} is absent`)
  const [head = [], ...body] = parseCsv(readFileSync(place, 'utf8'))
  return body.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i] ?? ''])))
}

/** Comma-separated values with quotes and line breaks inside them; spaces around values are dropped. */
function parseCsv(text: string): string[][] {
  const table: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  const end = () => {
    table.at(-1)?.push(cell.trim())
    cell = ''
  }
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (text[i + 1] === '"') cell += text[++i]
      else isQuoted = false
    } else if (letter === '"') isQuoted = true
    else if (letter === ',') end()
    else if (letter === '\n') {
      end()
      table.push([])
    } else if (letter !== '\r') cell += letter
  }
  end()
  return table.filter((row) => row.some(Boolean))
}
