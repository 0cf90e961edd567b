import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import { descriptionChanged, type ObjectDraft, type ObjectPatch } from '../contract/index.ts'
import { CUSTOM } from './custom-objects.queries.ts'
import { findObjects, moveVersion, saveObject } from './definitions.queries.ts'
import { freeKey } from './free-key.ts'

/** A workspace describes so many objects; each is a table's worth of screens. */
const MAX_OBJECTS = 100

/**
 * Describes a new object. Resolves to its key, with `custom.` before it.
 * @throws Problem `objects.key_taken`, `objects.too_many_objects`
 */
export const addObject =
  ({ events }: Platform) =>
  async (tx: Tx, actor: Actor, { key: wanted, label }: ObjectDraft): Promise<string> => {
    await moveVersion(tx)
    const objects = await findObjects(tx)
    if (objects.length >= MAX_OBJECTS)
      throw new Problem('objects.too_many_objects', 422, `A workspace has at most ${MAX_OBJECTS} objects of its own.`)
    const key = freeKey(wanted, label.one, new Set(objects.map((object) => object.key)))
    const id = newId()
    await saveObject(tx, { id, key, label, archivedAt: null })
    await audit(tx, actor, { action: 'objects.object_added', object: 'object', id, details: { key } })
    await events.publish(tx, actor, descriptionChanged, { object: CUSTOM + key })
    return CUSTOM + key
  }

/** Renames or archives a custom object. @throws Problem `objects.object_not_found` */
export const changeObject =
  ({ events, now }: Platform) =>
  async (tx: Tx, actor: Actor, objectKey: string, { label, isArchived }: ObjectPatch): Promise<void> => {
    await moveVersion(tx)
    const before = (await findObjects(tx)).find(({ key }) => CUSTOM + key === objectKey)
    if (!before) throw objectNotFound(objectKey)
    const archivedAt = isArchived === undefined ? before.archivedAt : isArchived ? (before.archivedAt ?? now()) : null
    await saveObject(tx, { ...before, label: label ?? before.label, archivedAt })
    await audit(tx, actor, {
      action: 'objects.object_changed',
      object: 'object',
      id: before.id,
      details: { key: before.key },
    })
    await events.publish(tx, actor, descriptionChanged, { object: objectKey })
  }

export const objectNotFound = (key: string) =>
  new Problem('objects.object_not_found', 404, `There is no object ${key}.`)
