import './tables.ts'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import type { Module } from '#platform/server/module'
import { Catalogue } from '#platform/server/objects/catalogue'
import type { ObjectExtension, ObjectSource } from '#platform/server/objects/source'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { deleteBulkEditsBefore } from './bulk-edits.queries.ts'
import { bulkRoutes } from './bulk-routes.ts'
import { conditionRoutes } from './condition-routes.ts'
import { Questions } from './conditions.ts'
import { withCustom } from './custom-objects.queries.ts'
import { findFields, findObjects, findVersion, type StoredObject } from './definitions.queries.ts'
import { addField, changeField } from './describe-fields.ts'
import { addObject, changeObject } from './describe-objects.ts'
import { fieldRoutes } from './field-routes.ts'
import { indexUses } from './index-fields.ts'
import { indexRoutes } from './index-routes.ts'
import { listRows } from './list-rows.ts'
import { forgetThings, objectsPersonalData } from './personal-data.queries.ts'
import { recordRoutes } from './record-routes.ts'
import { type Accounts, bulkJob, runBulkEdit } from './run-bulk-edit.ts'
import { changeRecord, createRecord } from './save-record.ts'
import { changeView, createView, removeView } from './save-view.ts'
import { startBulkEdit } from './start-bulk-edit.ts'
import { type GivenToMany, storeMany } from './store-many.ts'
import { type GivenValues, storeValues } from './store-values.ts'
import { keptSince, stopBulkEdit, undoBulkEdit } from './undo-bulk-edit.ts'
import { valueRoutes } from './value-routes.ts'
import { type Json, uniqueForm } from './value-rules.ts'
import { findHeld, releaseHolders } from './values.queries.ts'
import { viewRoutes } from './view-routes.ts'
import { recordWriter } from './write-records.ts'
import { type Written, writeObject } from './write-values.ts'

export { type ListQuestion, Questions, readSort } from './conditions.ts'
export { defaultsOf } from './defaults.queries.ts'
export { freeKey } from './free-key.ts'
export type { GivenToMany, StoredOrWrong } from './store-many.ts'
export type { GivenValues } from './store-values.ts'
export { uniqueForm } from './value-rules.ts'
export { customPart } from './write-records.ts'

/** What other modules may ask about objects. */
export type Objects = ReturnType<typeof createObjects>

/** Catalogues remembered by a process; each is a few kilobytes. */
const MAX_REMEMBERED = 500

/** The registry of objects: what modules declare, what workspaces describe, and the conditions asked of both. */
export function createObjects(platform: Platform, { access }: { access: Accounts }) {
  const declared: { objects: ObjectSource[]; extensions: ObjectExtension[] } = { objects: [], extensions: [] }
  const remembered = new Map<string, { version: number; catalogue: Catalogue }>()
  let base: Catalogue | undefined

  /** Every object of the workspace as it is stored now: for those who are about to change it, so that nobody remembers it half changed. */
  async function freshCatalogue(tx: Tx): Promise<Catalogue> {
    base ??= new Catalogue(declared.objects, declared.extensions)
    return withCustom(base, await findObjects(tx), await findFields(tx), writerOf)
  }

  /** Every object of the workspace, as it is in this transaction, and where its days begin. */
  async function descriptionOf(tx: Tx): Promise<{ catalogue: Catalogue; timeZone: string }> {
    base ??= new Catalogue(declared.objects, declared.extensions)
    const { version, timeZone } = await findVersion(tx)
    const known = remembered.get(tx.workspaceId)
    if (version === 0) return { catalogue: base, timeZone }
    if (known?.version === version) return { catalogue: known.catalogue, timeZone }
    const catalogue = await freshCatalogue(tx)
    tx.afterCommit(() => {
      if (remembered.size >= MAX_REMEMBERED) remembered.clear()
      remembered.set(tx.workspaceId, { version, catalogue })
    })
    return { catalogue, timeZone }
  }
  const catalogueOf = async (tx: Tx): Promise<Catalogue> => (await descriptionOf(tx)).catalogue
  const writerOf = (object: StoredObject) => recordWriter(platform, catalogueOf, object)

  const questions = async (tx: Tx, actor: Actor): Promise<Questions> => {
    const { catalogue, timeZone } = await descriptionOf(tx)
    return new Questions(tx, catalogue, { actor, operatorId: actor.operatorId, now: platform.now(), timeZone })
  }

  const use = {
    addObject: addObject(platform),
    changeObject: changeObject(platform),
    addField: addField(platform, freshCatalogue),
    changeField: changeField(platform, freshCatalogue),
    createRecord: createRecord(platform),
    changeRecord: changeRecord(platform),
    createView: createView(platform),
    changeView: changeView(platform),
    removeView,
    startBulkEdit: startBulkEdit(platform),
    undoBulkEdit: undoBulkEdit(platform),
    stopBulkEdit: stopBulkEdit(platform),
  }
  const indexes = indexUses(platform, catalogueOf)
  const { jobs, database, now } = platform
  jobs.handle(bulkJob, runBulkEdit({ ...platform, accounts: access, questions }))
  jobs.schedule('objects.clean_up', '29 3 * * *', () =>
    database.system(async (tx) => void (await deleteBulkEditsBefore(tx, keptSince(now())))),
  )

  return {
    name: 'objects',
    /** Declares objects, or adds to objects declared before. While modules are being created, never later. */
    declare: (...sources: readonly (ObjectSource | ObjectExtension)[]): void => {
      if (base) throw new Error('Objects are declared before anything is asked about them.')
      for (const source of sources) {
        if ('extends' in source) declared.extensions.push(source)
        else declared.objects.push(source)
      }
    },
    start: async (roles: ReadonlySet<string>) => {
      if (roles.has('worker')) await indexes.mendIndexes()
    },
    catalogue: catalogueOf,
    /** What the company's own objects keep of people. */
    personalData: objectsPersonalData,
    /** What the actor may ask about objects in this transaction: check, find, count, why. */
    questions,
    /** Checks custom values that somebody gives and answers with all that the object then holds. @throws Problem `objects.value_wrong`, `objects.value_taken` */
    storeValues: async (tx: Tx, actor: Actor, given: GivenValues) =>
      storeValues(tx, actor, await catalogueOf(tx), given),
    /** One page of a list with its cells and the names of what they refer to. @throws Problem as `listRows` */
    rows: listRows,
    /** As `storeValues`, for many objects of one kind in a few statements. */
    storeMany: async (tx: Tx, actor: Actor, given: GivenToMany) => storeMany(tx, actor, await catalogueOf(tx), given),
    /** The objects that hold these values of a unique field, by value as it is compared. */
    holdersOf: async (tx: Tx, fieldId: string, values: readonly Json[]): Promise<Map<string, string>> => {
      const held = await findHeld(
        tx,
        values.map((value) => ({ fieldId, value: uniqueForm(value) })),
      )
      return new Map(held.map(({ value, holderId }) => [value, holderId]))
    },
    /** A unique field by its key: its id, and its name among the custom values. */
    uniqueField: async (tx: Tx, object: string, key: string): Promise<{ id: string; name: string } | undefined> => {
      const field = (await catalogueOf(tx)).source(object).fields.find((one) => one.key === key)
      return field?.id && field.isUnique && 'json' in field.read ? { id: field.id, name: field.read.json } : undefined
    },
    /** Names of the unique fields of an object among its custom values. */
    uniqueNames: async (tx: Tx, object: string): Promise<string[]> =>
      (await catalogueOf(tx))
        .source(object)
        .fields.flatMap(({ isUnique, read }) => (isUnique && 'json' in read ? [read.json] : [])),
    /** Lets go of every unique value of objects that are removed. */
    releaseAll: releaseHolders,
    /** Forgets what is kept here of objects that their module empties: unique values, traces of bulk edits. How many of those there were. */
    forget: forgetThings,
    /** Writes an object by the keys of its fields, as its own module would. Resolves to its id. @throws Problem as `writeObject` */
    write: async (tx: Tx, actor: Actor, object: string, written: Written): Promise<string> =>
      writeObject(tx, actor, await questions(tx, actor), object, written),
    /** Takes back what an import made, as far as nobody uses it. False when it stays. */
    takeBack: async (tx: Tx, actor: Actor, object: string, id: string): Promise<boolean> =>
      (await (await catalogueOf(tx)).source(object).write?.takeBack?.(tx, actor, id)) ?? false,
    addField: use.addField,
    addObject: use.addObject,
    routes: (http: HttpServer) => {
      const context = { ...platform, questions, use }
      fieldRoutes(http, context)
      indexRoutes(http, context, indexes)
      recordRoutes(http, context)
      conditionRoutes(http, context)
      viewRoutes(http, context)
      valueRoutes(http, context)
      bulkRoutes(http, context)
    },
  } satisfies Module & Record<string, unknown>
}
