import type { Access } from '#modules/access'
import type { Customers } from '#modules/customers'
import type { Objects } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import type { ObjectDescription } from '#platform/shared/objects/object'
import { Problem } from '#platform/shared/problems'
import { peopleTaker } from './people-taker.ts'
import { recordTaker } from './record-taker.ts'
import type { RowTaker } from './row-taker.ts'

/** What imports stand on. */
export interface ImportContext {
  readonly platform: Platform
  readonly access: Access
  readonly objects: Objects
  readonly customers: Customers
}

/** The object that is imported, as this actor may know it. @throws Problem `exchange.object_unknown`, `access.forbidden` */
export async function describeImported(
  { objects }: Pick<ImportContext, 'objects'>,
  tx: Tx,
  actor: Actor,
  object: string,
): Promise<ObjectDescription> {
  const ask = await objects.questions(tx, actor)
  const description = ask.describe(object)
  const write = description && ask.catalogue.source(object).write
  if (!description || !write?.create || description.isArchived)
    throw new Problem('exchange.object_unknown', 422, `${object} cannot be imported.`)
  if (!actor.can(write.permission))
    throw new Problem('access.forbidden', 403, `This needs the permission ${write.permission}.`, {
      params: { permission: write.permission },
    })
  return description
}

export const takerOf = (
  { objects, customers }: Pick<ImportContext, 'objects' | 'customers'>,
  object: string,
): RowTaker => (object === 'person' ? peopleTaker(customers) : recordTaker(objects, object))

export const importNotFound = (id: string) => new Problem('exchange.import_not_found', 404, `There is no import ${id}.`)

/** Said when an import is in a state in which this cannot be done. */
export const wrongState = (state: string) =>
  new Problem('exchange.wrong_state', 409, 'This cannot be done with the import now.', { params: { state } })
