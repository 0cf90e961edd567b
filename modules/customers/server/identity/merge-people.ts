import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { removeFromSearch } from '#platform/server/search.queries'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { personChanged } from '../../contract/events.ts'
import type { MergeDraft } from '../../contract/identity.ts'
import { untell } from '../company-timeline.queries.ts'
import { updatePersonFields } from '../people.queries.ts'
import { assertOpen } from '../personal-data/assert-open.ts'
import { personNotFound } from '../save-person.ts'
import { indexPerson } from '../search-documents.ts'
import { tellCompanies } from '../tell-companies.ts'
import { insertTimelineEntry } from '../timeline.queries.ts'
import { originOf } from './come-apart.ts'
import { choiceUnknown } from './for-reader.ts'
import { findLinks, findMembers, findPair, insertMerge, lockCards, savePairState, showAs } from './merges.queries.ts'
import { isChoosable, put, take } from './survivorship.ts'

/**
 * Joins two cards: both stay as they are, from now on one is shown for both. What belongs to the hidden one (identities, conversations, history)
 * keeps belonging to it and is shown with the other. Resolves to the id of the merge, by which it can be undone.
 *
 * @throws Problem `customers.person_not_found`, `customers.merge_itself`, `customers.already_merged`, `customers.merged_elsewhere`,
 *   `customers.choice_unknown`, `customers.restricted`, `customers.erased`
 */
export const mergePeople =
  ({ events, now }: Platform) =>
  async (tx: Tx, actor: Actor, { keptId, hiddenId, choices = {} }: MergeDraft): Promise<string> => {
    if (keptId === hiddenId) throw new Problem('customers.merge_itself', 422, 'A card cannot be joined to itself.')
    const cards = await lockCards(tx, [keptId, hiddenId])
    const [kept, hidden] = [cards.get(keptId), cards.get(hiddenId)]
    if (!kept) throw personNotFound(keptId)
    if (!hidden) throw personNotFound(hiddenId)
    assertShown(kept, hidden)
    await assertOpen(tx, [keptId, hiddenId])
    assertChoices(choices, [keptId, hiddenId])

    const at = now()
    const members = await findMembers(tx, hiddenId)
    const links = await findLinks(tx, members)
    const taken = take(kept, hidden, choices, (field) => originOf(hidden, links, field))
    const values = Object.fromEntries(Object.entries(taken).map(([field, { after }]) => [field, after]))
    if (Object.keys(values).length > 0) await updatePersonFields(tx, keptId, put(kept, values), at)
    await showAs(tx, members, keptId)
    await untell(tx, [...(await findMembers(tx, keptId)), ...members])
    tellCompanies(tx)
    const pair = await findPair(tx, keptId, hiddenId)
    const evidence = pair?.evidence ?? []
    const by = { operatorId: actor.operatorId, operatorName: actor.name }
    const id = await insertMerge(tx, { keptId, hiddenId, taken, evidence, at, ...by })
    await savePairState(tx, keptId, hiddenId, 'merged', at)

    await removeFromSearch(tx, 'person', hiddenId)
    await indexPerson(tx, keptId)
    await insertTimelineEntry(tx, {
      personId: keptId,
      at,
      kind: 'customers.people_merged',
      data: { mergeId: id, name: hidden.name, hiddenId, ...by },
    })
    await audit(tx, actor, {
      action: 'customers.people_merged',
      object: 'person',
      id: keptId,
      details: { mergeId: id, hiddenId },
    })
    for (const personId of [keptId, ...members]) await events.publish(tx, actor, personChanged, { personId })
    return id
  }

/** Somebody was quicker: say what the two are now, so that nobody joins what they did not see. */
function assertShown(
  kept: { id: string; shownAs: string | null },
  hidden: { id: string; shownAs: string | null },
): void {
  if (!kept.shownAs && !hidden.shownAs) return
  const isSame = (kept.shownAs ?? kept.id) === (hidden.shownAs ?? hidden.id)
  if (isSame) throw new Problem('customers.already_merged', 409, 'These two are one card already.')
  throw new Problem('customers.merged_elsewhere', 409, 'One of these cards was joined to a third one meanwhile.')
}

function assertChoices(choices: Readonly<Record<string, string>>, ids: readonly string[]): void {
  const unknown = Object.entries(choices).find(([field, id]) => !isChoosable(field) || !ids.includes(id))
  if (!unknown) return
  throw choiceUnknown(unknown[0])
}
