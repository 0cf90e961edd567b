import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import { enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { BULK_KEPT_DAYS, type BulkEdit } from '../contract/index.ts'
import { lockBulkEdit, type StoredBulkEdit, setBulkState } from './bulk-edits.queries.ts'
import { fieldOf } from './bulk-rules.ts'
import type { Questions } from './conditions.ts'
import { bulkJob } from './run-bulk-edit.ts'
import { assertWritable } from './write-values.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Bulk edits begun before this are forgotten. */
export const keptSince = (now: Date): Date => new Date(now.getTime() - BULK_KEPT_DAYS * DAY_MS)

/** One's own bulk edits, and everybody's for those who answer for all. */
export const maySeeEdit = (actor: Actor, { operatorId }: Pick<StoredBulkEdit, 'operatorId'>): boolean =>
  actor.can('objects.share') || actor.operatorId === operatorId

/** The edit as this actor may know it, with what they may do about it. */
export const editShownTo =
  (ask: Questions, actor: Actor) =>
  ({ undoneBy: _undoneBy, ...edit }: StoredBulkEdit): BulkEdit => {
    const field = fieldOf(ask, edit)
    const permission = field && ask.catalogue.source(edit.object).write?.permission
    const may = permission !== undefined && actor.can(permission)
    const mayEdit = may && field?.can.edit === true
    return {
      ...edit,
      // Above the reader's role it is as unknown as in the things that hold it.
      value: field ? edit.value : null,
      can: {
        stop: may && (edit.state === 'running' || edit.state === 'undoing'),
        undo: mayEdit && isUndoable(edit),
      },
    }
  }

const isUndoable = ({
  state,
  changed,
  undone,
  leftAlone,
}: Pick<BulkEdit, 'state' | 'changed' | 'undone' | 'leftAlone'>) =>
  (state === 'done' || state === 'stopped') && changed > undone + leftAlone

/**
 * Begins to put back what a bulk edit changed; what somebody changed since stays as it is.
 * @throws Problem `objects.bulk_not_found`, `objects.bulk_not_undoable`, `objects.field_forbidden`, `access.forbidden`
 */
export const undoBulkEdit =
  ({ now }: Pick<Platform, 'now'>) =>
  async (tx: Tx, actor: Actor, ask: Questions, id: string): Promise<void> => {
    const edit = await seenEdit(tx, actor, id, now())
    assertWritable(ask, actor, edit.object)
    if (!fieldOf(ask, edit)?.can.edit)
      throw new Problem('objects.field_forbidden', 403, 'This field is not yours to change.')
    if (!isUndoable(edit) || !actor.operatorId)
      throw new Problem('objects.bulk_not_undoable', 409, 'This edit still runs, or nothing of it is left to put back.')
    await setBulkState(tx, id, { state: 'undoing', endedAt: null, undoneBy: actor.operatorId })
    await audit(tx, actor, { action: 'objects.bulk_edit_undone', object: edit.object, id })
    enqueue(tx, bulkJob, { editId: id })
  }

/** Ends a bulk edit where it stands; what was changed stays changed and can be put back. @throws Problem `objects.bulk_not_found`, `access.forbidden` */
export const stopBulkEdit =
  ({ now }: Pick<Platform, 'now'>) =>
  async (tx: Tx, actor: Actor, ask: Questions, id: string): Promise<void> => {
    const edit = await seenEdit(tx, actor, id, now())
    assertWritable(ask, actor, edit.object)
    if (edit.state !== 'running' && edit.state !== 'undoing') return
    await setBulkState(tx, id, { state: 'stopped', endedAt: now() })
    await audit(tx, actor, { action: 'objects.bulk_edit_stopped', object: edit.object, id })
  }

async function seenEdit(tx: Tx, actor: Actor, id: string, now: Date): Promise<StoredBulkEdit> {
  const edit = await lockBulkEdit(tx, id)
  if (!edit || !maySeeEdit(actor, edit) || edit.createdAt < keptSince(now)) throw bulkNotFound(id)
  return edit
}

export const bulkNotFound = (id: string) => new Problem('objects.bulk_not_found', 404, `There is no bulk edit ${id}.`)
