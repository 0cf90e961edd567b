import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { personChanged } from '../contract/events.ts'
import type { Household } from '../contract/households.ts'
import {
  findHouseholdId,
  holdHouseholds,
  insertHousehold,
  readHousehold,
  removeMember,
  saveMember,
} from './households.queries.ts'
import { findMembers, findShownId } from './identity/merges.queries.ts'
import { assertOpen } from './personal-data/assert-open.ts'
import { personNotFound } from './save-person.ts'

/** As many as can be looked at: a dormitory is a company. */
const MAX_MEMBERS = 30

/** Who lives with a person. @throws Problem `customers.person_not_found` */
export async function householdOf(tx: Tx, personId: string): Promise<Household> {
  return readHousehold(tx, await findHouseholdId(tx, (await cardsOf(tx, personId)).cards))
}

/**
 * Says that two people live or buy together: the second joins the household of the first. Said of oneself, it changes one's own part.
 * @throws Problem `customers.person_not_found`, `customers.household_other` when the second has another household, `customers.household_full`,
 *   `customers.household_not_found`
 */
export const liveTogether =
  ({ events }: Platform) =>
  async (
    tx: Tx,
    actor: Actor,
    { personId, memberId, part }: { personId: string; memberId: string; part?: string | null | undefined },
  ): Promise<Household> => {
    const person = await cardsOf(tx, personId)
    const member = await cardsOf(tx, memberId)
    await assertOpen(tx, [person.id, member.id])
    await holdHouseholds(tx)
    const [own, other] = [await findHouseholdId(tx, person.cards), await findHouseholdId(tx, member.cards)]
    if (person.id === member.id && !own) throw householdNotFound()
    if (own && other && own !== other)
      throw new Problem('customers.household_other', 409, 'This person belongs to another household already.')
    const householdId = own ?? other ?? (await insertHousehold(tx))
    if (!own) await saveMember(tx, { householdId, personId: person.id, part: undefined })
    if (!other || part !== undefined) await saveMember(tx, { householdId, personId: member.id, part })
    const household = await readHousehold(tx, householdId)
    if (household.members.length > MAX_MEMBERS)
      throw new Problem('customers.household_full', 422, `A household has at most ${MAX_MEMBERS} people.`)
    await tell(tx, actor, events, { action: 'customers.household_joined', ids: [person.id, member.id] })
    return household
  }

/** Says that a person does not live with the others any more. @throws Problem `customers.person_not_found`, `customers.household_not_found` */
export const liveApart =
  ({ events }: Platform) =>
  async (tx: Tx, actor: Actor, { personId, memberId }: { personId: string; memberId: string }): Promise<void> => {
    const person = await cardsOf(tx, personId)
    const member = await cardsOf(tx, memberId)
    await holdHouseholds(tx)
    const householdId = await findHouseholdId(tx, person.cards)
    if (!householdId || !(await removeMember(tx, householdId, member.cards))) throw householdNotFound()
    await tell(tx, actor, events, { action: 'customers.household_left', ids: [person.id, member.id] })
  }

const householdNotFound = () =>
  new Problem('customers.household_not_found', 404, 'These two belong to no common household.')

async function cardsOf(tx: Tx, id: string): Promise<{ id: string; cards: string[] }> {
  const shownId = await findShownId(tx, id)
  if (!shownId) throw personNotFound(id)
  return { id: shownId, cards: await findMembers(tx, shownId) }
}

async function tell(
  tx: Tx,
  actor: Actor,
  events: Platform['events'],
  { action, ids }: { action: string; ids: readonly [string, string] },
): Promise<void> {
  await audit(tx, actor, { action, object: 'person', id: ids[0], details: { memberId: ids[1] } })
  for (const personId of new Set(ids)) await events.publish(tx, actor, personChanged, { personId })
}
