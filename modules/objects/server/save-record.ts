import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Catalogue } from '#platform/server/objects/catalogue'
import type { Platform } from '#platform/server/platform'
import { indexForSearch } from '#platform/server/search.queries'
import type { Actor } from '#platform/shared/actor'
import { changesBetween } from '#platform/shared/changes'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import { type RecordDraft, type RecordPatch, recordChanged } from '../contract/index.ts'
import type { StoredObject } from './definitions.queries.ts'
import { closedKeys, wordsOf } from './record-words.ts'
import { insertRecord, lockRecord, type StoredRecord, updateRecord } from './records.queries.ts'
import { customFields, holdValues, storeValues } from './store-values.ts'
import { releaseHolders } from './values.queries.ts'

/** Where a record belongs. */
export interface RecordPlace {
  readonly catalogue: Catalogue
  readonly object: StoredObject
  /** Key of the object, with `custom.`. */
  readonly objectKey: string
}

/** Makes a record of a custom object. Resolves to its id. @throws Problem `objects.value_wrong`, `objects.value_taken` */
export const createRecord =
  ({ events, now }: Platform) =>
  async (tx: Tx, actor: Actor, place: RecordPlace, { name, custom: given }: RecordDraft): Promise<string> => {
    const { catalogue, object, objectKey } = place
    const id = newId()
    const custom = await storeValues(tx, actor, catalogue, { object: objectKey, id, given })
    const at = now()
    await insertRecord(tx, object.id, { id, name, custom, createdAt: at })
    await tell(tx, place, { id, name, custom, archivedAt: null, createdAt: at, updatedAt: at })
    await audit(tx, actor, { action: 'objects.record_created', object: objectKey, id })
    await events.publish(tx, actor, recordChanged, { object: objectKey, recordId: id })
    return id
  }

/** Changes the given values of a record, or archives it. @throws Problem `objects.record_not_found`, `objects.value_wrong`, `objects.value_taken` */
export const changeRecord =
  ({ events, now }: Platform) =>
  async (tx: Tx, actor: Actor, place: RecordPlace, id: string, patch: RecordPatch): Promise<void> => {
    const { catalogue, object, objectKey } = place
    const before = await lockRecord(tx, object.id, id)
    if (!before) throw recordNotFound(id)
    const { name = before.name, custom: given, isArchived } = patch
    const custom = await storeValues(tx, actor, catalogue, { object: objectKey, id, given, before: before.custom })
    const archivedAt = isArchived === undefined ? before.archivedAt : isArchived ? (before.archivedAt ?? now()) : null
    // What nobody sees keeps nothing from others; brought back it has to be the only one again.
    if (archivedAt) await releaseHolders(tx, [id])
    else if (before.archivedAt) await holdValues(tx, catalogue, { object: objectKey, id, values: custom })
    const after: StoredRecord = { ...before, name, custom, archivedAt, updatedAt: now() }
    await updateRecord(tx, after)
    await tell(tx, place, after)
    await audit(tx, actor, {
      action: 'objects.record_changed',
      object: objectKey,
      id,
      details: { fields: [...Object.keys(patch).filter((key) => key !== 'custom'), ...Object.keys(given ?? {})] },
    })
    const changes = changesBetween(shown(before), shown(after), ['name', 'custom', 'isArchived'])
    await events.publish(tx, actor, recordChanged, { object: objectKey, recordId: id }, { changes })
  }

/** The parts of a record that somebody gives it, as the API shows them. */
const shown = ({ name, custom, archivedAt }: StoredRecord) => ({ name, custom, isArchived: archivedAt !== null })

export const recordNotFound = (id: string) => new Problem('objects.record_not_found', 404, `There is no record ${id}.`)

/** Words of the record's own values, so that it is found by them. */
const tell = (tx: Tx, { catalogue, objectKey, object }: RecordPlace, { id, name, custom, createdAt }: StoredRecord) =>
  indexForSearch(tx, {
    object: objectKey,
    id,
    title: name,
    body: wordsOf(custom, closedKeys(customFields(catalogue, objectKey))),
    facts: { name, detail: object.label.one.en },
    at: createdAt,
  })
