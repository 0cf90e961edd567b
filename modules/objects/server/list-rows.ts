import type { Tx } from '#platform/server/database'
import { findNames } from '#platform/server/objects/find'
import { findValues } from '#platform/server/objects/values'
import type { Actor } from '#platform/shared/actor'
import { valueTypeOf } from '#platform/shared/objects/object'
import type { FieldValues, RowPage, RowsQuery } from '../contract/index.ts'
import { type Questions, readSort } from './conditions.ts'

/**
 * One page of a list with its cells and the names of what they refer to: a handful of statements, however many rows and columns.
 * @throws Problem `objects.object_not_found`, `objects.column_unknown`, `.condition_wrong`, `.not_sortable`, `.too_slow`, `request.cursor`
 */
export async function listRows(
  tx: Tx,
  actor: Actor,
  ask: Questions,
  object: string,
  { filter, fields, sort, ...page }: RowsQuery,
): Promise<RowPage> {
  ask.assertColumns(object, fields)
  const condition = ask.read(object, filter)
  const { items: ids, nextCursor } = await ask.find({ ...page, object, condition, sort: readSort(sort) })
  const search = { catalogue: ask.catalogue, object, asking: ask.asking }
  const items = await findValues(tx, search, ids, fields)
  const { write } = ask.catalogue.source(object)
  return {
    items,
    nextCursor,
    names: await namesIn(tx, ask, object, fields, items),
    can: { edit: write !== undefined && actor.can(write.permission) },
  }
}

/** What the things are called to which references among the cells point, as far as the asker may see them. */
async function namesIn(
  tx: Tx,
  ask: Questions,
  object: string,
  fields: readonly string[],
  rows: readonly FieldValues[],
): Promise<RowPage['names']> {
  const wanted = new Map<string, Set<string>>()
  for (const field of ask.describe(object)?.fields ?? []) {
    if (valueTypeOf(field) !== 'reference' || !field.target || !fields.includes(field.key)) continue
    const ids = wanted.get(field.target) ?? new Set()
    for (const value of rows.flatMap(({ values }) => values[field.key] ?? [])) ids.add(String(value))
    wanted.set(field.target, ids)
  }
  const names: RowPage['names'] = {}
  for (const [target, ids] of wanted) {
    if (ids.size === 0 || !ask.describe(target)) continue
    const found = await findNames(
      tx,
      { catalogue: ask.catalogue, object: target, asking: ask.asking },
      { ids: [...ids], limit: ids.size },
    )
    names[target] = Object.fromEntries(found.map(({ id, name }) => [id, name]))
  }
  return names
}
