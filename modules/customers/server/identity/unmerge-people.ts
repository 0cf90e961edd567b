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
import { below, comeApart } from './come-apart.ts'
import { endMerge, findLinks, findMerges, lockPerson, savePairState, saveTaken, showAs } from './merges.queries.ts'
import { dismissPairs } from './pairs.queries.ts'

/**
 * Takes a merge apart: the hidden card is shown again, exactly as it is, with everything that came by its identities meanwhile and with those
 * that had been joined to it before. The kept card gets back the values it had, except where somebody has changed them since.
 * The two are two people from now on, whatever card shows them. Resolves to the ids of the two shown cards.
 *
 * @throws Problem `customers.merge_not_found`, `customers.merge_undone`, `customers.restricted`, `customers.erased`
 */
export const unmergePeople =
  ({ events, now }: Platform) =>
  async (tx: Tx, actor: Actor, mergeId: string): Promise<{ keptId: string; hiddenId: string }> => {
    const [found] = await findMerges(tx, { id: mergeId })
    if (!found) throw new Problem('customers.merge_not_found', 404, `There is no merge ${mergeId}.`)
    const { hiddenId } = found
    const person = await lockPerson(tx, hiddenId)
    if (!person) throw new Problem('customers.merge_not_found', 404, `There is no merge ${mergeId}.`)
    const { id: shownId, cards } = person
    const members = [...cards.keys()]
    await assertOpen(tx, members)
    const links = await findLinks(tx, members)
    const link = links.find(({ id }) => id === mergeId)
    if (!link) throw new Problem('customers.merge_undone', 409, 'This merge was taken apart already.')
    const at = now()
    const leaving = below(hiddenId, links)
    const apart = comeApart(link, links, cards)
    for (const [id, card] of apart.cards) if (card !== cards.get(id)) await updatePersonFields(tx, id, card, at)
    for (const one of apart.links) if (!links.includes(one)) await saveTaken(tx, one.id, one.taken)
    await endMerge(tx, mergeId, actor.name, at)
    await showAs(
      tx,
      [...leaving].filter((id) => id !== hiddenId),
      hiddenId,
    )
    await showAs(tx, [hiddenId], null)
    await untell(tx, members)
    tellCompanies(tx)
    const staying = members.filter((id) => !leaving.has(id))
    await savePairState(tx, found.keptId, hiddenId, 'dismissed', at)
    await dismissPairs(tx, staying, [...leaving], at)
    // By the card that is shown for the kept one too: that is the pair which comparing would bring up next.
    if (shownId !== found.keptId) await savePairState(tx, shownId, hiddenId, 'dismissed', at)

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
