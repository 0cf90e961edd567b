import type { Tx } from '#platform/server/database'
import { findGroups } from '#platform/server/objects/groups'
import { isGroupable } from '#platform/shared/objects/groups'
import { decodeCursor, encodeCursor, foreignCursor } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import type { Groups } from '../contract/index.ts'
import type { Questions } from './conditions.ts'
import { objectNotFound } from './describe-objects.ts'

/** What narrows the list whose groups are asked for, and by which field they are. */
interface GroupQuestion {
  readonly filter?: string | undefined
  readonly field: string
  readonly cursor?: string | undefined
}

/**
 * The headings of a list that stands in groups, a page of them.
 * @throws Problem `objects.object_not_found`, `objects.not_groupable`, `objects.condition_wrong`, `request.cursor`
 */
export async function listGroups(tx: Tx, ask: Questions, object: string, asked: GroupQuestion): Promise<Groups> {
  assertGroupable(ask, object, asked.field)
  const source = ask.catalogue.source(object)
  const field = source.fields.find(({ key }) => key === asked.field)
  if (!field) throw notGroupable(asked.field)
  const search = { catalogue: ask.catalogue, object, condition: ask.read(object, asked.filter), asking: ask.asking }
  const { groups, rest, next } = await findGroups(tx, search, field, readFrom(asked.cursor))
  const ids = field.target ? groups.map(({ value }) => value).filter((value) => typeof value === 'string') : []
  const named = field.target && ids.length > 0 ? await ask.names(field.target, { ids, limit: ids.length }) : []
  const names = new Map(named.map(({ id, name }) => [id, name]))
  return {
    items: groups.map((group) => ({ ...group, name: names.get(String(group.value)) ?? null })),
    nextCursor: next === null ? null : encodeCursor([next]),
    isWhole: rest === null && next === null,
    rest,
  }
}

/** @throws Problem `objects.object_not_found`, `objects.not_groupable` */
export function assertGroupable(ask: Questions, object: string, key: string): void {
  const described = ask.describe(object)
  if (!described) throw objectNotFound(object)
  const field = described.fields.find((one) => one.key === key)
  if (!field || !isGroupable(field)) throw notGroupable(key)
}

/** @throws Problem `request.cursor` */
function readFrom(cursor: string | undefined): number {
  if (!cursor) return 0
  const [from] = decodeCursor(cursor, 1)
  if (typeof from === 'number' && Number.isSafeInteger(from) && from > 0) return from
  throw foreignCursor()
}

const notGroupable = (field: string) =>
  new Problem('objects.not_groupable', 422, `Lists are not grouped by ${field}.`, { params: { field } })
