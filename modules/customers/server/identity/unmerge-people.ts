import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { personChanged } from '../../contract/events.ts'
import { untell } from '../company-timeline.queries.ts'
import { updatePersonFields } from '../people.queries.ts'
import { assertOpen } from '../personal-data/assert-open.ts'
import { indexPerson } from '../search-documents.ts'
import { tellCompanies } from '../tell-companies.ts'
import { insertTimelineEntry } from '../timeline.queries.ts'
import {
  endMerge,
  findLinks,
  findMembers,
  findMerges,
  type Link,
  lockCards,
  savePairState,
  saveTaken,
  showAs,
} from './merges.queries.ts'
import { giveBack, put } from './survivorship.ts'

/**
 * Takes a merge apart: the hidden card is shown again, exactly as it is, with everything that came by its identities meanwhile and with those
 * that had been joined to it before. The kept card gets back the values it had, except where somebody has changed them since.
 * Resolves to the ids of the two shown cards.
 *
 * @throws Problem `customers.merge_not_found`, `customers.merge_undone`, `customers.restricted`, `customers.erased`
 */
export const unmergePeople =
  ({ events, now }: Platform) =>
  async (tx: Tx, actor: Actor, mergeId: string): Promise<{ keptId: string; hiddenId: string }> => {
    const [found] = await findMerges(tx, { id: mergeId })
    if (!found) throw new Problem('customers.merge_not_found', 404, `There is no merge ${mergeId}.`)
    await assertOpen(tx, [found.keptId, found.hiddenId])
    if (found.undoneAt) throw new Problem('customers.merge_undone', 409, 'This merge was taken apart already.')
    const { hiddenId } = found
    const before = await lockCards(tx, [hiddenId])
    const shownId = before.get(hiddenId)?.shownAs
    if (!shownId) throw new Problem('customers.merge_undone', 409, 'This merge was taken apart already.')

    const members = await findMembers(tx, shownId)
    const cards = await lockCards(tx, members)
    const links = await findLinks(tx, members)
    const link = links.find(({ id }) => id === mergeId)
    if (!link) throw new Problem('customers.merge_undone', 409, 'This merge was taken apart already.')
    const at = now()
    const leaving = below(hiddenId, links)
    for (const above of pathUp(link, links)) {
      const card = cards.get(above.keptId)
      if (!card) continue
      const back = giveBack(card, above.taken, leaving)
      if (Object.keys(back).length > 0) {
        await updatePersonFields(tx, card.id, put(card, back), at)
        cards.set(card.id, { ...card, ...put(card, back) })
      }
      const rest = Object.entries(above.taken).filter(([, { from }]) => !leaving.has(from))
      if (above.id !== mergeId) await saveTaken(tx, above.id, Object.fromEntries(rest))
    }
    await endMerge(tx, mergeId, actor.name, at)
    await showAs(
      tx,
      [...leaving].filter((id) => id !== hiddenId),
      hiddenId,
    )
    await showAs(tx, [hiddenId], null)
    await untell(tx, members)
    tellCompanies(tx)
    await savePairState(tx, found.keptId, hiddenId, 'dismissed', at)

    await indexPerson(tx, shownId)
    await indexPerson(tx, hiddenId)
    const by = { mergeId, operatorId: actor.operatorId, operatorName: actor.name }
    const data = (name: string) => ({ name, ...by })
    await insertTimelineEntry(tx, {
      personId: found.keptId,
      at,
      kind: 'customers.people_unmerged',
      data: data(found.hiddenName),
    })
    await insertTimelineEntry(tx, {
      personId: hiddenId,
      at,
      kind: 'customers.people_unmerged',
      data: data(found.keptName),
    })
    await audit(tx, actor, {
      action: 'customers.people_unmerged',
      object: 'person',
      id: shownId,
      details: { mergeId, hiddenId },
    })
    for (const personId of members) await events.publish(tx, actor, personChanged, { personId })
    return { keptId: shownId, hiddenId }
  }

/** A card and all that were joined to it, directly or by others. */
function below(id: string, links: readonly Link[]): Set<string> {
  const found = new Set([id])
  for (const member of found) for (const { keptId, hiddenId } of links) if (keptId === member) found.add(hiddenId)
  return found
}

/** This link and those above it, up to the shown card: values may have been handed on along them. */
function pathUp(link: Link, links: readonly Link[]): Link[] {
  const next = links.find(({ hiddenId }) => hiddenId === link.keptId)
  return [link, ...(next ? pathUp(next, links) : [])]
}
