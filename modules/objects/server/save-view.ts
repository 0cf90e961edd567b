import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import type { Condition } from '#platform/shared/objects/condition'
import { Problem } from '#platform/shared/problems'
import type { ViewDraft, ViewPatch } from '../contract/index.ts'
import { type Questions, readSort } from './conditions.ts'
import { assertGroupable } from './list-groups.ts'
import { mayEdit, maySee, mayShare } from './view-rights.ts'
import { countViews, deleteView, insertView, lockView, type StoredView, updateView } from './views.queries.ts'

/** So many views of one object somebody keeps; nobody finds their way among more. */
const MAX_VIEWS = 100

/**
 * Keeps a list as a view of whoever asks.
 * @throws Problem `objects.object_not_found`, `.column_unknown`, `.condition_wrong`, `.not_sortable`, `.view_name_taken`, `.too_many_views`, `.view_not_yours`
 */
export const createView =
  ({ now }: Pick<Platform, 'now'>) =>
  async (tx: Tx, actor: Actor, ask: Questions, draft: ViewDraft): Promise<StoredView> => {
    if (!actor.operatorId) throw new Error('Only an operator keeps views.')
    const at = now()
    assertFits(ask, draft.object, draft)
    const view: StoredView = {
      ...draft,
      condition: conditionFrom(ask, draft.object, draft.condition),
      id: newId(),
      ownerId: actor.operatorId,
      createdAt: at,
      updatedAt: at,
    }
    if (view.isShared && !mayShare(actor, view)) throw notYours()
    if ((await countViews(tx, view.object, view.ownerId)) >= MAX_VIEWS)
      throw new Problem('objects.too_many_views', 422, `You keep ${MAX_VIEWS} views already; remove one first.`)
    await insertView(tx, view)
    await audit(tx, actor, { action: 'objects.view_created', object: 'view', id: view.id })
    return view
  }

/**
 * Changes what a patch names.
 * @throws Problem `objects.view_not_found`, `.view_not_yours`, and what `createView` throws about columns, condition and order
 */
export const changeView =
  ({ now }: Pick<Platform, 'now'>) =>
  async (tx: Tx, actor: Actor, ask: Questions, id: string, patch: ViewPatch): Promise<StoredView> => {
    const before = await seenView(tx, actor, id)
    const { isShared = before.isShared, ...rest } = patch
    const isOther = isShared !== before.isShared
    if (isOther && !mayShare(actor, before)) throw notYours()
    if (Object.keys(rest).length > 0 && !mayEdit(actor, before)) throw notYours()
    assertFits(ask, before.object, rest)
    const after: StoredView = {
      ...before,
      isShared,
      name: rest.name ?? before.name,
      columns: rest.columns ?? before.columns,
      sort: rest.sort ?? before.sort,
      groupBy: rest.groupBy === undefined ? before.groupBy : rest.groupBy,
      condition: rest.condition === undefined ? before.condition : conditionFrom(ask, before.object, rest.condition),
      updatedAt: now(),
    }
    await updateView(tx, after)
    await audit(tx, actor, {
      action: 'objects.view_changed',
      object: 'view',
      id,
      details: { fields: Object.keys(patch) },
    })
    return after
  }

/** @throws Problem `objects.view_not_found`, `objects.view_not_yours` */
export async function removeView(tx: Tx, actor: Actor, id: string): Promise<void> {
  const view = await seenView(tx, actor, id)
  if (!mayEdit(actor, view)) throw notYours()
  await deleteView(tx, id)
  await audit(tx, actor, { action: 'objects.view_removed', object: 'view', id, details: { name: view.name } })
}

/** Somebody else's personal view does not exist for anybody but them. */
async function seenView(tx: Tx, actor: Actor, id: string): Promise<StoredView> {
  const view = await lockView(tx, id)
  if (!view || !maySee(actor, view)) throw new Problem('objects.view_not_found', 404, `There is no view ${id}.`)
  return view
}

const notYours = () => new Problem('objects.view_not_yours', 403, 'Your role does not change or share this view.')

/** Only what is given anew is checked: an old view may name a field that its changer cannot read. */
function assertFits(
  ask: Questions,
  object: string,
  { columns, sort, groupBy }: Pick<ViewPatch, 'columns' | 'sort' | 'groupBy'>,
): void {
  if (columns)
    ask.assertColumns(
      object,
      columns.map(({ field }) => field),
    )
  if (sort !== undefined) ask.assertSort(object, readSort(sort))
  if (groupBy) assertGroupable(ask, object, groupBy)
}

const conditionFrom = (ask: Questions, object: string, given: ViewDraft['condition']): Condition | null =>
  given === null ? null : ask.checked(object, given)
