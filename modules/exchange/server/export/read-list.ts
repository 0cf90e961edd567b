import type { Objects } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import type { Field } from '#platform/shared/objects/object'
import type { ListOrder } from '../../contract/exports.ts'
import type { Names } from './cell-text.ts'

/** Rows read at a time: one keyset page, in a transaction of its own, so that no snapshot is held for minutes. */
const PAGE = 1000

export interface ListRow {
  readonly id: string
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
}

export interface ListPage {
  readonly rows: readonly ListRow[]
  readonly names: Names
}

/** What restricts people is asked of the module that knows them. */
interface People {
  restrictedAmong(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>>
}

/** Fields of the order, as their reader may know them. @throws Problem `objects.object_not_found`, `objects.column_unknown` */
export async function fieldsOf(
  objects: Pick<Objects, 'questions'>,
  tx: Tx,
  actor: Actor,
  { object, fields }: Pick<ListOrder, 'object' | 'fields'>,
): Promise<Field[]> {
  const ask = await objects.questions(tx, actor)
  ask.assertColumns(object, fields)
  const known = new Map(ask.describe(object)?.fields.map((field) => [field.key, field]))
  return fields.flatMap((key) => known.get(key) ?? [])
}

/**
 * A list page by page, as its reader sees it, each page by the keyset of the one before: a million rows cost no more memory than a thousand, but for the
 * ids of what words find. What changes while it is read may be missed or told as it was.
 */
export async function* readList(
  { transaction }: Platform,
  { objects, people }: { objects: Pick<Objects, 'questions' | 'rows'>; people: People },
  actor: Actor,
  { object, fields, q, filter, sort, withRestricted }: ListOrder,
): AsyncGenerator<ListPage> {
  // What is found by several of its parts comes several times.
  const told = new Set<string>()
  for (let cursor: string | undefined; ; ) {
    const page = await transaction(actor.workspaceId, async (tx) => {
      const ask = await objects.questions(tx, actor)
      const found = await objects.rows(tx, actor, ask, object, { fields, q, filter, sort, cursor, limit: PAGE })
      if (object !== 'person' || withRestricted) return found
      const restricted = await people.restrictedAmong(
        tx,
        found.items.map(({ id }) => id),
      )
      return { ...found, items: found.items.filter(({ id }) => !restricted.has(id)) }
    })
    const rows = q ? page.items.filter(({ id }) => !told.has(id)) : page.items
    if (q) for (const { id } of rows) told.add(id)
    yield { rows, names: page.names }
    if (!page.nextCursor) return
    cursor = page.nextCursor
  }
}
