import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import { enqueue } from '#platform/server/jobs'
import { limitTime, tooSlow } from '#platform/server/objects/time-limit'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import { type BulkEditDraft, MAX_BULK } from '../contract/index.ts'
import { insertBulkEdit, insertBulkRows, setBulkTotal } from './bulk-edits.queries.ts'
import { isBulkField, suits } from './bulk-rules.ts'
import type { Questions } from './conditions.ts'
import { bulkJob } from './run-bulk-edit.ts'
import type { Json } from './value-rules.ts'
import { assertWritable, checkedValues } from './write-values.ts'

/** Noting which objects are meant takes at most so long. */
const CHOOSE_MS = 5_000

/**
 * Begins to change one field of many objects: notes which they are, and leaves the work to a job. Resolves to the id of the edit.
 * @throws Problem `objects.object_not_found`, `.read_only`, `access.forbidden`, `objects.bulk_unfit`, `.bulk_empty`, `.bulk_too_many`, `.value_wrong`,
 * `.condition_wrong`, `.too_slow`
 */
export const startBulkEdit =
  ({ now }: Pick<Platform, 'now'>) =>
  async (tx: Tx, actor: Actor, ask: Questions, object: string, draft: BulkEditDraft): Promise<string> => {
    if (!actor.operatorId) throw new Error('Only an operator edits in bulk.')
    const source = assertWritable(ask, actor, object)
    const field = source.fields.find(({ key }) => key === draft.field)
    if (!field || !isBulkField(field) || !suits(draft.op, field))
      throw new Problem('objects.bulk_unfit', 422, `${draft.field} is not changed in bulk like this.`, {
        errors: [
          { path: 'field', code: 'objects.bulk_unfit', message: 'This field is not changed in bulk like this.' },
        ],
      })
    const value = await chosenValue(tx, actor, ask, source, draft)
    const { ids, condition } = draft
    const search = {
      catalogue: ask.catalogue,
      object,
      asking: ask.asking,
      ids,
      condition: condition === undefined || condition === null ? undefined : ask.checked(object, condition),
    }
    const id = newId()
    await insertBulkEdit(tx, {
      id,
      object,
      field: field.key,
      op: draft.op,
      value,
      operatorId: actor.operatorId,
      operatorName: actor.name,
      total: 0,
      createdAt: now(),
    })
    await limitTime(tx, CHOOSE_MS)
    const total = await insertBulkRows(tx, id, search, MAX_BULK + 1).catch(tooSlow)
    if (total === 0) throw new Problem('objects.bulk_empty', 422, 'There is nothing to change.')
    if (total > MAX_BULK)
      throw new Problem('objects.bulk_too_many', 422, `At most ${MAX_BULK} at once; make the list narrower.`, {
        params: { max: MAX_BULK },
      })
    await setBulkTotal(tx, id, total)
    await audit(tx, actor, {
      action: 'objects.bulk_edit_started',
      object,
      id,
      details: { field: field.key, op: draft.op, total },
    })
    enqueue(tx, bulkJob, { editId: id })
    return id
  }

async function chosenValue(
  tx: Tx,
  actor: Actor,
  ask: Questions,
  source: ReturnType<typeof assertWritable>,
  { field, op, value }: BulkEditDraft,
): Promise<Json> {
  // Rights and existence of the field are asked here too; nothing can be wrong with emptiness of a field that may be empty.
  const checked = await checkedValues(tx, actor, ask, source, { [field]: op === 'clear' ? null : value })
  const result = (checked[field] ?? null) as Json
  if (op !== 'clear' && result === null)
    throw new Problem('objects.value_wrong', 422, 'Give a value, or clear the field.', {
      errors: [{ path: 'value', code: 'objects.value_required', message: 'This field must not be empty.' }],
    })
  return result
}
