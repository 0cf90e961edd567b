import { once } from 'node:events'
import type { Writable } from 'node:stream'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { withClient } from './client.ts'
import type { Ending } from './endings.ts'
import type { Frame } from './frame.ts'
import { findColumns, linesOf, type Slot } from './sample.ts'
import { type Sender, type Story, type StoryName, senders, stages } from './stories.ts'
import { type Chance, CITIES, chance, companyName, fullName, pick, remark, sentence } from './words.ts'

/** A company as it is to be after some years. */
export interface Size {
  readonly people: number
  /** In and out, with all customers together. */
  readonly messages: number
  /** Entries in the timeline of the one customer who writes all the time. */
  readonly longestTimeline: number
}

/** Who and what stories may be about. */
export interface Cast {
  readonly frame: Frame
  readonly operators: readonly { id: string; name: string }[]
  /** Accounts of each kind of sender, with the team that gets what they bring. */
  readonly doors: Readonly<Record<Sender, readonly { id: string; teamId: string }[]>>
}

/** The values of one telling: what a check needs to find its rows again. */
export interface Telling {
  readonly story: StoryName
  readonly values: readonly string[]
}

const YEARS_MS = 3 * 365 * 86_400_000
/** Conversations of so many last days may still be open. */
const AT_HAND_MS = 14 * 86_400_000
/** Events are kept for so long (housekeeping). */
const EVENTS_KEPT_MS = 30 * 86_400_000
const SHARE_OF_CARDS = 0.4
const SHARE_OF_EMPLOYEES = 0.15
const PEOPLE_PER_COMPANY = 30
const COMPANIES_FIRST_MS = 60_000

const AT_HAND: readonly Ending[] = [
  'closed',
  'answered',
  'talked',
  'waits',
  'asksAgain',
  'urgent',
  'snoozed',
  'ignored',
]
const LONG_AGO: readonly Ending[] = ['closed', 'talked', 'reopened', 'ignored', 'tagged']

interface Somebody {
  readonly id: string
  readonly sender: Sender
  readonly door: number
  readonly words: Readonly<Record<string, string>>
}

/**
 * Writes years of a company's life with its customers, in the order in which it would have happened, straight into the tables. Every row
 * is one that the product wrote for a sample story. Customers write as people do: few of them a lot, most of them once.
 */
export async function writeHistory(
  adminUrl: string,
  { stories, cast, size, now }: { stories: ReadonlyMap<StoryName, Story>; cast: Cast; size: Size; now: number },
): Promise<{ tellings: Telling[]; longest: string; lastNumber: number }> {
  const writer = await openWriter(adminUrl)
  const random = chance(20_261_122)
  const tellings = new Map<StoryName, Telling>()
  const companies: string[] = []
  const writers: Somebody[] = []
  let number = 0
  let messages = 0

  const tell = async (
    name: StoryName,
    at: number,
    words: Readonly<Record<string, string>>,
  ): Promise<readonly string[]> => {
    const story = stories.get(name)
    if (!story) throw new Error(`Nobody told the story "${name}".`)
    const values = fill(story.template.slots, at, { ...words, workspace: cast.frame.workspaceId }, random)
    for (const [table, line] of linesOf(story.template, values)) {
      if (table === 'platform.events' && at < now - EVENTS_KEPT_MS) continue
      const full = writer.put(table, line)
      if (full) await full
    }
    messages += story.messages
    // The last of each kind has not been cleaned away from any table.
    tellings.set(name, { story: name, values })
    return values
  }
  const said = (): Record<string, string> =>
    Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`saying${n + 1}`, sentence(random)]))

  const writeIn = async (person: Somebody, ending: Ending, at: number): Promise<void> => {
    const door = cast.doors[person.sender][person.door]
    const operator = pick(cast.operators, random, 1.5)
    number++
    const words = {
      ...person.words,
      ...said(),
      ...marksOf(number),
      number: String(number),
      account: door?.id ?? '',
      team: door?.teamId ?? '',
      operator: operator.id,
      operatorName: operator.name,
      host: cast.frame.host,
      person: person.id,
    }
    const name = `${person.sender} ${ending} ${person.id ? 'again' : 'first'}` as const
    const values = await tell(name, at, words)
    // A form opens a new card each time.
    if (person.id === '' && person.sender !== 'asker')
      writers.push({ ...person, id: idOf(stories, name, values, 'customers.people') })
  }

  for (let n = 0; n < size.people / PEOPLE_PER_COMPANY; n++) {
    const words = { company: companyName(random, n), inn: String(7_700_000_000 + n), city: pick(CITIES, random) }
    const operator = pick(cast.operators, random)
    const at = now - YEARS_MS - COMPANIES_FIRST_MS + n
    const values = await tell('company', at, { ...words, operator: operator.id, operatorName: operator.name })
    companies.push(idOf(stories, 'company', values, 'customers.companies'))
  }

  let written = 0
  for (let n = 0; n < size.people; n++) {
    const at = now - YEARS_MS + (YEARS_MS * n) / size.people
    const isAtHand = at > now - AT_HAND_MS
    if (n > 0 && random() < SHARE_OF_CARDS) {
      const operator = pick(cast.operators, random, 1.5)
      const isEmployee = random() < SHARE_OF_EMPLOYEES
      const story = isEmployee ? 'employee' : (`card ${pick(stages, random)}` as const)
      await tell(story, at, {
        ...wordsOf(n, random),
        operator: operator.id,
        operatorName: operator.name,
        companyId: pick(companies, random, 2),
      })
    } else {
      const person = stranger(cast, n, random)
      const usual = isAtHand ? pick(AT_HAND, random, 1.3) : pick(LONG_AGO, random, 1.6)
      await writeIn(person, person.sender === 'asker' ? unanswered(isAtHand, random) : usual, at)
    }
    // The first one writes all the time: one conversation is an opening and a closing line of the timeline.
    const [longest] = writers
    for (; longest && written < ((size.longestTimeline / 2) * (n + 1)) / size.people; written++)
      await writeIn(longest, 'closed', at)
    while (writers.length > 1 && messages < (size.messages * (n + 1)) / size.people) {
      const older = writers[1 + Math.floor((writers.length - 1) * random() ** 3)]
      if (older) await writeIn(older, isAtHand ? pick(AT_HAND, random) : pick(LONG_AGO, random, 1.6), at)
    }
  }
  await writer.end()
  return { tellings: [...tellings.values()], longest: writers[0]?.id ?? '', lastNumber: number }
}

const unanswered = (isAtHand: boolean, random: Chance): Ending => (isAtHand && random() < 0.7 ? 'waits' : 'ignored')

/** Somebody who writes for the first time; the first one of all will write all the time. */
function stranger(cast: Cast, n: number, random: Chance): Somebody {
  const sender = n === 0 ? 'buyer' : pick(senders, random, 1.5)
  const door = n === 0 ? 0 : Math.floor(random() * cast.doors[sender].length)
  return { id: '', sender, door, words: wordsOf(n, random) }
}

function wordsOf(n: number, random: Chance): Record<string, string> {
  const { first, middle, last } = fullName(random)
  return {
    first,
    middle,
    last,
    mail: `client${n}@${pick(MAIL_HOSTS, random)}`,
    phone: String(79_000_000_000 + n * 7),
    who: `u${n}`,
    city: pick(CITIES, random, 2),
    remark: remark(random),
  }
}
const MAIL_HOSTS = ['mail.example', 'yandex.example', 'gmail.example', 'firma.example']

const marksOf = (number: number): Record<string, string> => ({
  ...Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`mark${n + 1}`, `m${number}-${n + 1}`])),
  thread: `t${number}`,
  form: `form:${String(number).padStart(40, '0')}`,
})

function fill(slots: readonly Slot[], at: number, words: Readonly<Record<string, string>>, random: Chance): string[] {
  return slots.map((slot, place) => {
    if (slot.is === 'id') return idAt(at + slot.afterMs, place, random)
    if (slot.is === 'word') {
      const word = words[slot.name]
      if (word === undefined) throw new Error(`Nobody knows the word "${slot.name}".`)
      return word
    }
    const moment = new Date(at + slot.afterMs).toISOString()
    return slot.isJson ? moment.replace('Z', '+00:00') : moment
  })
}

/** An id as the product makes them: time first, then the order within the millisecond. */
function idAt(ms: number, place: number, random: Chance): string {
  const time = Math.floor(ms).toString(16).padStart(12, '0')
  const tail = () =>
    Math.floor(random() * 2 ** 28)
      .toString(16)
      .padStart(7, '0')
  const order = (place & 0xfff).toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-8${tail().slice(0, 3)}-${tail()}${tail().slice(0, 5)}`
}

/** The id that a telling gave to its row of this table. */
function idOf(
  stories: ReadonlyMap<StoryName, Story>,
  name: StoryName,
  values: readonly string[],
  table: string,
): string {
  const row = stories.get(name)?.template.rows.find((one) => one.table === table)
  const place = row?.cells[row.idCell]?.parts[0]
  const id = typeof place === 'number' ? values[place] : undefined
  if (id === undefined) throw new Error(`The story "${name}" has no ${table}.`)
  return id
}

/** Streams of `COPY`, one for each table: PostgreSQL takes them in side by side. */
async function openWriter(adminUrl: string) {
  const columns = await withClient(adminUrl, findColumns)
  const streams = new Map<string, { stream: Writable; client: pg.Client; text: string }>()
  let failure: Error | undefined
  const fail = (error: Error) => {
    failure ??= error
  }
  for (const [table, { columns: of }] of columns) {
    const client = new pg.Client(adminUrl)
    await client.connect()
    // Rows refer to each other across streams; every id comes from one telling, so foreign keys need no look at each row.
    await client.query(`set session_replication_role = replica; set synchronous_commit = off`)
    const stream = client.query(copyFrom(`copy ${table} (${of.map(({ name }) => name).join(', ')}) from stdin`))
    client.on('error', fail)
    stream.on('error', fail)
    streams.set(table, { stream, client, text: '' })
  }
  return {
    /** A promise when the table takes in more slowly than lines come. */
    put: (table: string, line: string): Promise<unknown> | undefined => {
      const one = streams.get(table)
      if (!one) throw new Error(`No stream for ${table}.`)
      if (failure) throw failure
      one.text += line
      if (one.text.length < CHUNK) return undefined
      const { text } = one
      one.text = ''
      return one.stream.write(text) ? undefined : once(one.stream, 'drain')
    },
    end: async () => {
      for (const { stream, client, text } of streams.values()) {
        const finished = once(stream, 'finish')
        stream.end(text)
        await finished
        await client.end()
      }
    },
  }
}
const CHUNK = 128 * 1024
