import { sql } from 'kysely'
import { asksNothing } from '#platform/shared/objects/condition'
import type { Tx } from '../database.ts'
import { asked, type Search } from './find.ts'
import { reachedField } from './reached-field.ts'
import { isNamed } from './scope.ts'
import type { FieldSource, ObjectSource, Owns, Reading, Row, Sql } from './source.ts'
import { withinTime } from './time-limit.ts'

/** The most common values of a field, the most common first. */
export interface HeldValues {
  readonly values: readonly string[]
  /** There is no other value. */
  readonly isWhole: boolean
  /** How many hold each, and how many hold none: known when all of the list was looked at. */
  readonly counts?: ReadonlyMap<string | null, number>
  /** How many rows there are, as far as each holds one value at most and all were looked at. */
  readonly rows?: number
}

const ROW: Row = sql.ref('r0')
const OTHER: Row = sql.ref('hidden')
const HELD: Row = sql.ref('it')
/** Values that nobody has listed are looked for among so many rows: an index or a short scan finds them in a moment. */
const SCANNED_ROWS = 50_000
/** Of many values fewer: each row is read with all that belongs to it. */
const SCANNED_OF_MANY = 20_000
const UNKNOWN: HeldValues = { values: [], isWhole: false }

interface Limits {
  readonly limitMs: number
  readonly most: number
}

/** What the first rows of a list hold in a field of one value. */
export async function valuesHeld(
  tx: Tx,
  search: Search,
  field: FieldSource,
  { limitMs, most }: Limits,
): Promise<HeldValues> {
  const source = search.catalogue.source(search.object)
  const operand = reachedField(search.catalogue, field, source, ROW, search.asking)
  if (!operand) return { values: [], isWhole: true }
  const value = sql.ref('held')
  const target = search.catalogue.target(field)
  const found = await withinTime(tx, limitMs, () =>
    sql<{ values: [string, number][]; rows: number; empty: number }>`
      with scanned as (
        select ${operand.value} as held from ${source.table} as ${ROW} where ${asked(tx, search)} limit ${SCANNED_ROWS}
      ), counted as (
        select (${shownFor(tx, value, target)})::text as value, sum(times)::int as count
        from (select held, count(*) as times from scanned group by held) as given group by value
      ), totals as (
        select coalesce(sum(count), 0)::int as rows, coalesce(sum(count) filter (where value is null), 0)::int as empty from counted
      )
      select totals.rows, totals.empty, coalesce(top.values, '[]') as values from totals
      left join (
        select jsonb_agg(jsonb_build_array(value, count) order by count desc, value) as values
        from (select value, count from counted where value is not null order by count desc, value limit ${most + 1}) as most
      ) as top on true`.execute(tx.db),
  )
  const [one] = found?.rows ?? []
  if (!one) return UNKNOWN
  const held = toldOf(one.values, most, { empty: one.empty, isAll: one.rows < SCANNED_ROWS })
  return held.counts ? { ...held, rows: one.rows } : held
}

/** `values` as counted, one more than told when there are more. What only some of the rows hold has no counts. */
function toldOf(
  counted: readonly (readonly [string, number])[],
  most: number,
  { empty, isAll }: { empty: number; isAll: boolean },
): HeldValues {
  const values = counted.slice(0, most).map(([value]) => value)
  if (!isAll) return { values, isWhole: false }
  return {
    values,
    isWhole: counted.length <= most,
    counts: new Map<string | null, number>([...counted, [null, empty]]),
  }
}

/** All that a field can name, where those are few and nothing narrows the list: the more common ones are known when they are counted. */
export async function fewNamed(
  tx: Tx,
  search: Search,
  field: FieldSource,
  most: number,
): Promise<string[] | undefined> {
  const target = search.catalogue.target(field)
  if (!target?.isFew || !('one' in field.read) || !asksNothing(search.condition)) return undefined
  const { rows } = await sql<{ id: string }>`
    select ${ROW}.id from ${target.table} as ${ROW} where ${ROW}.workspace_id = ${tx.workspaceId}::uuid order by id limit ${most + 1}`.execute(
    tx.db,
  )
  return rows.length > most ? undefined : rows.map(({ id }) => id)
}

/** What names one that was joined to another stands under the one that is shown for it. */
function shownFor(tx: Tx, value: Sql, target: ObjectSource | undefined): Sql {
  if (!target?.shownAs) return value
  const named = sql.ref('named')
  return sql`coalesce((select ${target.shownAs(named)} from ${target.table} as ${named}
    where ${named}.workspace_id = ${tx.workspaceId}::uuid and ${named}.id = ${value}), ${value})`
}

/**
 * What the first rows of a list hold in a field of many values, each row under every value that it holds: from the rows to what belongs to them in
 * one statement, because asking row by row took ten times as long.
 */
export async function manyValuesHeld(
  tx: Tx,
  search: Search,
  read: ReadingRows,
  { limitMs, most }: Limits,
): Promise<HeldValues> {
  const source = search.catalogue.source(search.object)
  const found = await withinTime(tx, limitMs, () =>
    sql<{ values: [string, number][]; rows: number; holders: number }>`
      with scanned as materialized (
        select ${ROW}.id from ${source.table} as ${ROW} where ${asked(tx, search)} limit ${SCANNED_OF_MANY + 1}
      ), held as materialized (${heldBy(tx, source, read)}),
      counted as materialized (
        select value, count(*)::int as count from held group by value order by count(*) desc, value limit ${most + 1}
      )
      select coalesce((select jsonb_agg(jsonb_build_array(value, count) order by count desc, value) from counted), '[]') as values,
        (select count(*)::int from scanned) as rows, (select count(distinct id)::int from held) as holders`.execute(
      tx.db,
    ),
  )
  const [one] = found?.rows ?? []
  if (!one) return UNKNOWN
  return toldOf(one.values, most, { empty: one.rows - one.holders, isAll: one.rows <= SCANNED_OF_MANY })
}

/** How often each of these values is held, of a field of many values, all in one statement. Undefined when counting takes too long. */
export async function countHeld(
  tx: Tx,
  search: Search,
  read: ReadingRows,
  { values, limitMs }: { values: readonly string[]; limitMs: number },
): Promise<Map<string, number> | undefined> {
  const source = search.catalogue.source(search.object)
  const found = await withinTime(tx, limitMs, () =>
    sql<{ value: string; count: number }>`
      with scanned as not materialized (select ${ROW}.id from ${source.table} as ${ROW} where ${asked(tx, search)})
      select value, count(*)::int as count from (${heldBy(tx, source, read, values)}) as held group by value`.execute(
      tx.db,
    ),
  )
  if (!found) return undefined
  const counted = new Map(found.rows.map(({ value, count }) => [value, count]))
  return new Map(values.map((value) => [value, counted.get(value) ?? 0]))
}

export type ReadingRows = Extract<Reading, { rows: unknown }>

/** Each of the scanned rows with every value that it holds, or only these, once: its own, and those of rows that are shown as it. */
function heldBy(tx: Tx, { table, shownAs }: ObjectSource, read: ReadingRows, values?: readonly string[]): Sql {
  let isByKey = false
  const pairs = (of: Row, shown: Sql) => {
    const owns: Owns = (key) => {
      isByKey = true
      return isNamed(key, sql`${of}.id`)
    }
    const { from, where, value } = read.rows(of, HELD, owns)
    return sql`select ${shown} as id, (${value})::text as value from scanned, ${table} as ${of}, ${from}
      where ${of}.workspace_id = ${tx.workspaceId}::uuid and ${shown} = scanned.id and ${where}
        and ${values ? sql`${value} = any(${values}::uuid[])` : sql`${value} is not null`}`
  }
  const own = pairs(ROW, sql`${ROW}.id`)
  return shownAs && isByKey
    ? sql`${own} union ${pairs(OTHER, shownAs(OTHER))}`
    : sql`select distinct * from (${own}) as own`
}
