import type { Tx } from '#platform/server/database'
import { differInName } from './identity/match/differ-in-name.ts'
import { findMembers, findShownId } from './identity/merges.queries.ts'
import { normaliseEmail, normalisePhone } from './identity.ts'
import { findHeldAddresses, findSpeakers, type Speaker } from './speakers.queries.ts'

/** Under which address somebody wrote, as the message tells it. */
export interface UsedAddress {
  readonly personId: string
  readonly accountId: string | null
  readonly values: readonly string[]
  /** Names under which messages came by it. */
  readonly names: readonly string[]
}

export interface Speakers {
  /** The identity by which they wrote; null when the card does not hold it (any more). */
  readonly address: { id: string; personId: string; kind: string; value: string; isShared: boolean } | null
  readonly people: readonly Speaker[]
  /** Two names or more that one person does not have, of messages and of cards that hold the address: it may be shared. Empty once that was decided. */
  readonly names: readonly string[]
}

/** Who may be speaking: those who hold the address or live with a holder, and whether different names use it. */
export async function speakersOf(tx: Tx, { personId, accountId, values, names }: UsedAddress): Promise<Speakers> {
  const shownId = await findShownId(tx, personId)
  if (!shownId) return { address: null, people: [], names: [] }
  const members = await findMembers(tx, shownId)
  const [held] = await findHeldAddresses(tx, { members, values: formsOf(values), accountId })
  if (!held) return { address: null, people: [], names: [] }
  const people = await findSpeakers(tx, held)
  const holders = people.filter(({ why }) => why === 'address').map(({ name }) => name)
  return {
    address: { id: held.id, personId: shownId, kind: held.kind, value: held.value, isShared: held.shared },
    people,
    names: held.shared || held.isSingle ? [] : differing([...holders, ...names]),
  }
}

/** Every form in which an address may be stored. */
export const formsOf = (values: readonly string[]): string[] => [
  ...new Set(
    values.flatMap((value) => [value, normaliseEmail(value), normalisePhone(value)]).filter((one) => one !== null),
  ),
]

/** One name of each person that these names can be of; nothing when they may all be of one. */
function differing(names: readonly string[]): string[] {
  const kept: string[] = []
  for (const name of names) if (kept.every((other) => differInName(name, other))) kept.push(name)
  return kept.length > 1 ? kept : []
}
