import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import type { Catalogue } from './catalogue.ts'
import { compileField } from './field-value.ts'
import { filterIds, type Search } from './find.ts'
import type { Clock } from './moments.ts'
import { reachedField } from './reached-field.ts'
import { ownsOf } from './scope.ts'
import type { FieldSource, ObjectSource, Row, Sql } from './source.ts'

const ROW: Row = sql.ref('r0')
const OTHER: Row = sql.ref('v0')
const EMPTY = sql`null::jsonb`

/** A value as it goes out: as the field's type says, null when empty. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** What one object holds; `picture` only where there is one. */
interface Held {
  readonly id: string
  readonly name: string
  readonly picture?: string
  readonly values: Record<string, Json>
}

/**
 * What objects hold in some fields, formulas among them, in the order of the ids. Those that the asker may not see are left out. A value
 * of another form than its field has now is empty, as it is to conditions.
 */
export async function findValues(
  tx: Tx,
  search: Omit<Search, 'condition'>,
  ids: readonly string[],
  fields: readonly string[],
): Promise<Held[]> {
  const source = search.catalogue.source(search.object)
  const seen = await filterIds(tx, search, ids)
  const wanted = ids.filter((id) => seen.has(id))
  if (wanted.length === 0) return []
  const columns = fields.map((key) => {
    const field = source.fields.find((one) => one.key === key)
    return field ? valueAsJson(search.catalogue, field, source, search.asking) : EMPTY
  })
  const { rows } = await sql<{ id: string; name: string; picture: string | null; values: Json[] }>`
    select ${ROW}.id, coalesce(${source.name(ROW)}, '') as name, ${source.picture?.(ROW) ?? sql`null::text`} as picture,
      jsonb_build_array(${sql.join(columns)}) as values from ${source.table} as ${ROW}
    where ${ROW}.workspace_id = ${tx.workspaceId}::uuid and ${ROW}.id = any(${wanted}::uuid[])
    order by array_position(${wanted}::uuid[], ${ROW}.id)`.execute(tx.db)
  return rows.map(({ id, name, picture, values }) => ({
    id,
    name,
    ...(picture ? { picture } : {}),
    values: Object.fromEntries(fields.map((key, i) => [key, values[i] ?? null])),
  }))
}

function valueAsJson(catalogue: Catalogue, field: FieldSource, source: ObjectSource, clock: Clock): Sql {
  const { read } = field
  if ('rows' in read) {
    const { from, where, value } = read.rows(ROW, OTHER, ownsOf(source, ROW))
    return sql`(select jsonb_agg(distinct ${value}) from ${from} where ${where})`
  }
  if ('array' in read) return sql`to_jsonb(${read.array(ROW)})`
  if ('json' in read && source.custom) {
    const stored = sql`${source.custom(ROW)} -> ${sql.lit(read.json)}`
    if (field.type === 'multi_choice') return sql`(case when jsonb_typeof(${stored}) = 'array' then ${stored} end)`
    const known = compileField(field, source, ROW, clock)
    return known ? sql`(case when ${known.value} is not null then ${stored} end)` : EMPTY
  }
  const operand = reachedField(catalogue, field, source, ROW, clock)
  if (!operand) return EMPTY
  const { value, currency } = operand
  return currency
    ? sql`(case when ${value} is not null then jsonb_build_object('amount', ${value}, 'currency', ${currency}) end)`
    : sql`to_jsonb(${value})`
}
