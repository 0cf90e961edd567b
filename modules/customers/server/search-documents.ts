import type { Tx } from '#platform/server/database'
import { indexForSearch, type SearchDocument } from '#platform/server/search.queries'
import type { IdentityKey } from './identity.ts'
import { findSearchable } from './people.queries.ts'
import type { Custom } from './tables.ts'

/** What the palette shows beside a name without asking for the card. */
export interface SearchFacts {
  readonly name: string
  readonly detail: string
}

export interface Searchable {
  readonly name: string
  /** Last, first and middle name, as far as known. */
  readonly parts: readonly string[]
  readonly addresses: readonly string[]
  readonly note: string
  /** What operators wrote down, newest first. */
  readonly notes?: readonly string[]
  readonly city: string | null
  readonly custom: Custom
  readonly createdAt: Date
}

/** Kinds that people search by; ids of visitors and providers mean nothing to them. */
export const isAddress = ({ kind }: IdentityKey): boolean => kind !== 'visitor' && kind !== 'channel'

/** Writes again what a person is found by; one who was joined to another is found by that one's card. */
export async function indexPerson(tx: Tx, id: string): Promise<void> {
  const person = await findSearchable(tx, id)
  if (person?.shownAs) await indexPerson(tx, person.shownAs)
  else if (person) await indexForSearch(tx, personDocument(id, person))
}

/** What a person is found by: names, phones, e-mails and own ids by any part; note, city and fields by word forms. */
export function personDocument(id: string, person: Searchable): SearchDocument {
  const missing = person.parts.filter((part) => !person.name.includes(part))
  return {
    object: 'person',
    id,
    title: [person.name, ...missing, ...person.addresses].join(' '),
    body: [person.city, person.note, ...(person.notes ?? []), ...wordsOf(person.custom)].filter(Boolean).join('\n'),
    facts: { name: person.name, detail: person.addresses[0] ?? '' } satisfies SearchFacts,
    at: person.createdAt,
  }
}

export const wordsOf = (custom: Custom): string[] => Object.values(custom).filter((value) => typeof value === 'string')
