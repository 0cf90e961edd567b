import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { RelationDraft } from '../../contract/around.ts'
import { relationKinds } from '../../contract/kinds.ts'
import { findSummaries } from '../people.queries.ts'
import { personNotFound } from '../save-person.ts'
import { shownPerson, tellCard } from './on-card.ts'
import { deleteRelation, insertRelation } from './relations.queries.ts'

/** How two people stand to each other, told once and shown on both cards. */
export function relationUses(platform: Platform) {
  const { now } = platform

  /** Says what the other person is to this one. @throws Problem `customers.person_not_found`, `customers.relation_itself`, `customers.relation_known` */
  async function relatePeople(tx: Tx, actor: Actor, askedId: string, draft: RelationDraft): Promise<void> {
    const personId = await shownPerson(tx, askedId)
    const summaries = await findSummaries(tx, [askedId, draft.otherId])
    const [one, other] = [askedId, draft.otherId].map((id) => summaries.find((found) => found.askedId === id))
    if (!one || !other) throw personNotFound(draft.otherId)
    if (one.id === other.id)
      throw new Problem('customers.relation_itself', 422, 'Nobody stands to themselves in any way.')
    const { kind, note = null } = draft
    const id = await insertRelation(tx, {
      personId,
      otherId: other.id,
      kind,
      note,
      operatorName: actor.name,
      at: now(),
    })
    if (!id) throw new Problem('customers.relation_known', 409, 'These two stand so already.')
    const about = { action: 'customers.relation_added', object: 'person' }
    await tellCard(platform, tx, actor, { ...about, personId, objectId: other.id, tells: { kind, name: other.name } })
    const back = { kind: relationKinds[kind], name: one.name }
    await tellCard(platform, tx, actor, { ...about, personId: other.id, objectId: personId, tells: back })
  }

  /** @throws Problem `customers.relation_not_found` */
  async function partPeople(tx: Tx, actor: Actor, id: string): Promise<void> {
    const gone = await deleteRelation(tx, id)
    if (!gone) throw new Problem('customers.relation_not_found', 404, `There is no relation ${id}.`)
    const { kind, name, otherName } = gone
    const personId = await shownPerson(tx, gone.personId)
    const otherId = await shownPerson(tx, gone.otherId)
    const about = { action: 'customers.relation_removed', object: 'person' }
    await tellCard(platform, tx, actor, { ...about, personId, objectId: otherId, tells: { kind, name: otherName } })
    const back = { kind: relationKinds[kind], name }
    await tellCard(platform, tx, actor, { ...about, personId: otherId, objectId: personId, tells: back })
  }

  return { relatePeople, partPeople }
}
