import type { Objects, Questions } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import { type Actor, systemActor } from '#platform/shared/actor'
import { isUuid } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import type { RowValues } from './prepare-row.ts'
import type { UndoneRow } from './row-detail.ts'
import { type RowTaker, type RowToUndo, refused, type TakeHow, type Taken } from './row-taker.ts'
import { findPutBack } from './rows.queries.ts'

/** One row is a dozen statements, so fewer at a time: a transaction stays short. */
const BATCH = 100

/** What a dry run throws to take back what it tried. */
class TriedOnly extends Error {}

/**
 * Rows of any object that is written by its fields: companies, own objects. The check tries each row and takes it back, so that it says what the
 * owning module will say.
 */
export const recordTaker = (objects: Pick<Objects, 'questions' | 'write' | 'takeBack'>, object: string): RowTaker => ({
  batch: BATCH,
  take: async (tx, actor, rows, how) => {
    const taken: Taken[] = []
    for (const values of rows) taken.push(await takeOne(objects, object, { tx, actor, values, how }))
    return taken
  },
  undo: async (tx, _actor, rows, importId) => {
    const undone: UndoneRow[] = []
    for (const row of rows) undone.push(await undoOne(objects, object, tx, { row, importId }))
    return undone
  },
})

interface One {
  readonly tx: Tx
  readonly actor: Actor
  readonly values: RowValues
  readonly how: TakeHow
}

async function takeOne(
  objects: Pick<Objects, 'questions' | 'write'>,
  object: string,
  { tx, actor, values: given, how }: One,
): Promise<Taken> {
  const ask = await objects.questions(tx, actor)
  const { id: ownId, ...values } = given
  const match = await findCard(ask, object, given, how)
  if (match === 'unknown') return refused([{ code: 'exchange.card_unknown', field: 'id' }])
  if (match === 'unfit') return refused([{ code: 'objects.value_wrong', ...(how.key ? { field: how.key } : {}) }])
  if (match === 'several') return refused([{ code: 'exchange.several_cards', ...(how.key ? { field: how.key } : {}) }])
  const keys = Object.keys(values)
  const before = match ? await held(ask, object, match.id, [...keys, 'name', 'updatedAt']) : {}
  const isEmpty = (key: string) => before[key] === null || before[key] === undefined || before[key] === ''
  const wanted = Object.fromEntries(
    Object.entries(values).filter(
      ([key]) => !match || how.onMatch === 'update' || (how.onMatch === 'fill' && isEmpty(key)),
    ),
  )
  let id = match?.id ?? null
  let after: Record<string, unknown> = {}
  try {
    await tx.attempt(async () => {
      if (!match || Object.keys(wanted).length > 0)
        id = await objects.write(tx, actor, object, match ? { id: match.id, values: wanted } : { values: wanted })
      after = id ? await held(ask, object, id, [...keys, 'name', 'updatedAt']) : {}
      if (how.isDry) throw new TriedOnly()
    })
  } catch (error) {
    if (error instanceof Problem) return refused(reasonsOf(error))
    if (!(error instanceof TriedOnly)) throw error
  }
  const changes = match
    ? keys
        .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
        .map((key) => ({ field: key, before: before[key] ?? null, after: after[key] ?? null }))
    : []
  const detail = {
    ...(id && !(how.isDry && !match) ? { id } : {}),
    name: String(after.name ?? ''),
    by: match?.by ?? null,
    changes,
    changedBefore: match ? String(before.updatedAt ?? '') : null,
    ...(match ? { changedAfter: String(after.updatedAt ?? '') } : {}),
  }
  return { outcome: match ? (changes.length > 0 ? 'changed' : 'same') : 'created', id, detail }
}

/** The card that the key of a row names: null = a new one; `unfit`: no card can have such a value. */
async function findCard(ask: Questions, object: string, values: RowValues, { key }: TakeHow) {
  if (key === null) return null
  const value = values[key]
  if (value === undefined || value === null) return null
  if (key === 'id') {
    const [known] = isUuid(String(value)) ? await ask.filter(object, { all: [] }, [String(value)]) : []
    return known ? { id: known, by: { kind: key, value: known } } : ('unknown' as const)
  }
  const checked = ask.check(object, { field: key, op: 'eq', value })
  if (!('condition' in checked)) return 'unfit' as const
  const { items } = await ask.find({ object, condition: checked.condition, sort: [], limit: 2 })
  if (items.length > 1) return 'several' as const
  return items[0] ? { id: items[0], by: { kind: key, value: String(value) } } : null
}

async function held(
  ask: Questions,
  object: string,
  id: string,
  fields: readonly string[],
): Promise<Record<string, unknown>> {
  const known = new Set(ask.describe(object)?.fields.map((field) => field.key))
  const [found] = await ask.values(
    object,
    [id],
    [...new Set(fields)].filter((field) => known.has(field)),
  )
  return found?.values ?? {}
}

const reasonsOf = ({ code, errors }: Problem) =>
  errors && errors.length > 0 ? errors.map((error) => ({ code: error.code, field: error.path })) : [{ code }]

/** Takes a row back as far as nobody has changed or used its card since; what its owner has against it now is told of this row alone. */
async function undoOne(
  objects: Pick<Objects, 'questions' | 'write' | 'takeBack'>,
  object: string,
  tx: Tx,
  { row, importId }: { row: RowToUndo; importId: string },
): Promise<UndoneRow> {
  const actor = systemActor(tx.workspaceId)
  const ask = await objects.questions(tx, actor)
  const now = await held(ask, object, row.id, ['createdAt', 'updatedAt', ...row.changes.map(({ field }) => field)])
  if (Object.keys(now).length === 0) return { kind: 'removed', left: [] }
  const changedAt = String(now.updatedAt ?? '')
  const putBack = await findPutBack(tx, importId, row.id)
  // A card that later rows of the same list changed is as it was before them, once they are taken back and nobody else touched it.
  const asOf = putBack?.at === changedAt ? putBack.asOf : changedAt
  try {
    if (row.kind === 'created') {
      if (now.createdAt !== asOf) return { kind: 'left', left: [{ code: 'exchange.changed_since' }] }
      return (await tx.attempt(() => objects.takeBack(tx, actor, object, row.id)))
        ? { kind: 'removed', left: [] }
        : { kind: 'left', left: [{ code: 'exchange.card_used' }] }
    }
    const isAsLeft = (field: string, after: unknown) => JSON.stringify(now[field]) === JSON.stringify(after)
    const [back, since] = [
      row.changes.filter(({ field, after }) => isAsLeft(field, after)),
      row.changes.filter(({ field, after }) => !isAsLeft(field, after)),
    ]
    const values = Object.fromEntries(back.map(({ field, before }) => [field, before]))
    if (back.length > 0) await tx.attempt(() => objects.write(tx, actor, object, { id: row.id, values }))
    const left = since.map(({ field }) => ({ code: 'exchange.changed_since', field }))
    if (left.length > 0) return { kind: 'left', left }
    if (asOf !== row.changedAfter || !row.changedBefore) return { kind: 'restored', left }
    const { updatedAt } = await held(ask, object, row.id, ['updatedAt'])
    return { kind: 'restored', left, putBack: { at: String(updatedAt ?? ''), asOf: row.changedBefore } }
  } catch (error) {
    if (error instanceof Problem) return { kind: 'left', left: reasonsOf(error) }
    throw error
  }
}
