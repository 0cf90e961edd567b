import { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import { defineJob, enqueue } from '#platform/server/jobs'
import type { Catalogue } from '#platform/server/objects/catalogue'
import type { ObjectSource } from '#platform/server/objects/source'
import type { Platform } from '#platform/server/platform'
import { type Actor, systemActor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { descriptionChanged, type FieldIndexes } from '../contract/index.ts'
import { CUSTOM } from './custom-objects.queries.ts'
import { findFields, type StoredField } from './definitions.queries.ts'
import {
  buildIndex,
  deleteIndex,
  dropIndex,
  findIndexes,
  findMissing,
  indexedSql,
  saveAsked,
  saveBuilt,
} from './field-indexes.queries.ts'

/** Each makes every write of its table dearer, so a company has few. */
const MAX_INDEXES = 10

/** One at a time over all companies: building reads a whole table. */
const QUEUE = 'objects.indexes'
const buildJob = defineJob('objects.build-index', z.object({ fieldId: z.uuid() }))
const dropJob = defineJob('objects.drop-index', z.object({ fieldId: z.uuid(), table: z.string() }))

export type IndexUses = ReturnType<typeof indexUses>

/** Indexes of own fields on request: asked for, built by a job, let go. */
export function indexUses(platform: Platform, catalogueOf: (tx: Tx) => Promise<Catalogue>) {
  const { events, now, transaction, database, jobs } = platform

  /** @throws Problem `objects.object_not_found` */
  async function listIndexes(tx: Tx, objectKey: string): Promise<FieldIndexes> {
    const object = indexable(await catalogueOf(tx), objectKey)
    const [fields, indexes] = [await findFields(tx), await findIndexes(tx)]
    const own = fields.filter((field) => field.object === objectKey)
    const items = indexes.flatMap(({ fieldId, ...index }) => {
      const field = own.find(({ id }) => id === fieldId)
      return field ? [{ field: CUSTOM + field.key, ...index }] : []
    })
    const possible = own
      .filter((field) => !field.archivedAt && indexedSql(tx, object, field))
      .map(({ key }) => CUSTOM + key)
    return { items, possible, most: MAX_INDEXES, used: indexes.length }
  }

  /**
   * Asks for an index, or once more for one that failed.
   * @throws Problem `objects.field_not_found`, `objects.not_indexable`, `objects.too_many_indexes`
   */
  async function askIndex(tx: Tx, actor: Actor, objectKey: string, fieldKey: string): Promise<void> {
    const { object, field } = await found(tx, objectKey, fieldKey)
    if (field.archivedAt || !indexedSql(tx, object, field))
      throw new Problem('objects.not_indexable', 422, `A field of type ${field.type} has no index of its own.`)
    const known = await findIndexes(tx)
    if (!known.some(({ fieldId }) => fieldId === field.id) && known.length >= MAX_INDEXES)
      throw new Problem('objects.too_many_indexes', 422, `A company has at most ${MAX_INDEXES} indexes.`, {
        params: { most: MAX_INDEXES },
      })
    await saveAsked(tx, field.id, now())
    enqueue(tx, buildJob, { fieldId: field.id }, { queue: QUEUE, key: `index ${field.id}` })
    await tell(tx, actor, 'objects.index_asked', objectKey, field)
  }

  /** @throws Problem `objects.field_not_found` */
  async function leaveIndex(tx: Tx, actor: Actor, objectKey: string, fieldKey: string): Promise<void> {
    const { object, field } = await found(tx, objectKey, fieldKey)
    if (await releaseIndex(tx, object, field.id)) await tell(tx, actor, 'objects.index_left', objectKey, field)
  }

  async function found(tx: Tx, objectKey: string, fieldKey: string) {
    const object = indexable(await catalogueOf(tx), objectKey)
    const field = (await findFields(tx)).find((one) => one.object === objectKey && CUSTOM + one.key === fieldKey)
    if (!field) throw new Problem('objects.field_not_found', 404, `${objectKey} has no field ${fieldKey} of its own.`)
    return { object, field }
  }

  async function tell(tx: Tx, actor: Actor, action: string, object: string, { id, key }: StoredField) {
    await audit(tx, actor, { action, object: 'field', id, details: { object, key } })
    await events.publish(tx, actor, descriptionChanged, { object })
  }

  jobs.handle(buildJob, async ({ fieldId }, { workspaceId }) => {
    const place = await transaction(workspaceId, async (tx) => {
      const field = (await findFields(tx)).find(({ id }) => id === fieldId)
      const isWanted = (await findIndexes(tx)).some((one) => one.fieldId === fieldId && one.state === 'building')
      if (!field || !isWanted) return undefined
      const object = indexable(await catalogueOf(tx), field.object)
      const value = indexedSql(tx, object, field)
      return value && object.indexed ? { object: field.object, table: object.indexed, value } : undefined
    })
    if (!place) return
    const problem = await buildIndex(database, { ...place, fieldId, workspaceId })
    const isWanted = await transaction(workspaceId, async (tx) => {
      if (!(await saveBuilt(tx, fieldId, { problem, at: now() }))) return false
      await events.publish(tx, systemActor(workspaceId), descriptionChanged, { object: place.object })
      return true
    })
    // Somebody let it go while it was built.
    if (!isWanted) await dropIndex(database, place.table, fieldId)
  })
  jobs.handle(dropJob, ({ fieldId, table }) => dropIndex(database, table, fieldId))

  return {
    listIndexes,
    askIndex,
    leaveIndex,
    /** Builds anew what is said to stand and does not: after a restore, or after a process that ended while it built. */
    mendIndexes: async () => {
      const missing = await database.system(findMissing)
      for (const { workspaceId, fieldId } of missing)
        await transaction(workspaceId, async (tx) => {
          await saveAsked(tx, fieldId, now())
          enqueue(tx, buildJob, { fieldId }, { queue: QUEUE, key: `index ${fieldId}` })
        })
    },
  }
}

/** Lets the index of a field go, as when the field is archived. False when there was none. */
export async function releaseIndex(tx: Tx, { indexed: table }: ObjectSource, fieldId: string): Promise<boolean> {
  if (!table || !(await deleteIndex(tx, fieldId))) return false
  enqueue(tx, dropJob, { fieldId, table }, { queue: QUEUE })
  return true
}

/** @throws Problem `objects.object_not_found` */
function indexable(catalogue: Catalogue, key: string): ObjectSource {
  const object = catalogue.objects.find((one) => one.key === key)
  if (!object?.custom)
    throw new Problem('objects.object_not_found', 404, `There is no object ${key} that takes fields.`)
  return object
}
