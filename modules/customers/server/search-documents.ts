import type { Tx } from '#platform/server/database'
import { indexManyForSearch, indexNewForSearch, type SearchDocument } from '#platform/server/search.queries'
import type { IdentityKey } from './identity.ts'
import { findSearchable, holdShownPeople, type NewCard } from './people.queries.ts'
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
export const indexPerson = (tx: Tx, id: string): Promise<void> => indexPeople(tx, [id])

/** As `indexPerson`, for many in a few statements. */
export async function indexPeople(tx: Tx, ids: readonly string[]): Promise<void> {
  const found = await findSearchable(tx, ids)
  const shown = found.filter(({ shownAs }) => shownAs === null)
  await indexManyForSearch(
    tx,
    shown.map((person) => personDocument(person.id, person)),
  )
  const elsewhere = [...new Set(found.flatMap(({ shownAs }) => shownAs ?? []))]
  if (elsewhere.length > 0) await indexPeople(tx, elsewhere)
}

/**
 * Lets search find new cards, many at once. What somebody has written since is newer than what is read here, so a card that search knows already is left;
 * so are hidden, erased and removed ones. The cards stay as they are until the transaction ends.
 */
export async function makePeopleFindable(tx: Tx, ids: readonly string[]): Promise<void> {
  const found = await findSearchable(tx, await holdShownPeople(tx, ids))
  await indexNewForSearch(
    tx,
    found.map((person) => personDocument(person.id, person)),
  )
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

/** What a card is found by that is only now opened: nothing of it need be read. */
export const documentOfNew = ({ id, proven, claims, ...card }: NewCard): SearchDocument =>
  personDocument(id, {
    ...card,
    parts: [card.lastName, card.firstName, card.middleName].filter((part) => part !== null),
    addresses: [...proven, ...claims].filter(isAddress).map(({ value }) => value),
  })

export const wordsOf = (custom: Custom): string[] => Object.values(custom).filter((value) => typeof value === 'string')
