import { sql } from 'kysely'
import { both, EVERYTHING } from '#platform/shared/objects/condition'
import { type GroupValue, inGroup } from '#platform/shared/objects/groups'
import { familyOfField } from '#platform/shared/objects/object'
import type { Tx } from '../database.ts'
import { compileField } from './compile.ts'
import { asked, type Counted, countFound, type Search } from './find.ts'
import type { FieldSource, Row } from './source.ts'
import { withinTime } from './time-limit.ts'

export interface Group {
  readonly value: GroupValue
  /** Null when counting would have taken too long. */
  readonly counted: Counted | null
}

const ROW: Row = sql.ref('r0')
/** Values that nobody has listed are looked for among so many rows: an index or a short scan finds them in a moment. */
const SCANNED_ROWS = 50_000
/** More headings than this are no overview. */
const MAX_GROUPS = 100
/** One heading's count is worth so much, all of them together so much. */
const COUNT_MS = 150
const ALL_COUNTS_MS = 1000

/**
 * The values of a field among what a search finds, with how often each occurs; the empty ones last. Choices that are offered are all there,
 * even those that nothing holds. `isWhole` is false when there may be more values.
 */
export async function findGroups(
  tx: Tx,
  search: Search,
  field: FieldSource,
): Promise<{ groups: Group[]; isWhole: boolean }> {
  const { values, isWhole } = knownValues(field) ?? (await heldValues(tx, search, field))
  const groups: Group[] = []
  const until = performance.now() + ALL_COUNTS_MS
  for (const value of [...values, null]) {
    const condition = both(search.condition ?? EVERYTHING, inGroup(field.key, value))
    const left = Math.min(COUNT_MS, until - performance.now())
    groups.push({
      value,
      counted: left > 1 ? await countFound(tx, { ...search, condition }, { limitMs: Math.ceil(left) }) : null,
    })
  }
  return { groups, isWhole }
}

interface Values {
  readonly values: readonly (string | boolean)[]
  readonly isWhole: boolean
}

function knownValues(field: FieldSource): Values | undefined {
  if (familyOfField(field) === 'boolean') return { values: [true, false], isWhole: true }
  return field.options && { values: field.options.map(({ key }) => key), isWhole: true }
}

async function heldValues(tx: Tx, search: Search, field: FieldSource): Promise<Values> {
  const source = search.catalogue.source(search.object)
  const operand = compileField(field, source, ROW, search.asking)
  if (!operand) return { values: [], isWhole: true }
  const found = await withinTime(tx, ALL_COUNTS_MS, () =>
    sql<{ value: string | null; rows: number }>`
      select value, sum(count(*)) over ()::int as rows from (
        select (${operand.value})::text as value from ${source.table} as ${ROW} where ${asked(tx, search)} limit ${SCANNED_ROWS}
      ) as scanned group by value order by count(*) desc, value limit ${MAX_GROUPS + 1}`.execute(tx.db),
  )
  if (!found) return { values: [], isWhole: false }
  const { rows } = found
  const values = rows.map(({ value }) => value).filter((value) => value !== null)
  return {
    values: values.slice(0, MAX_GROUPS),
    isWhole: values.length <= MAX_GROUPS && (rows[0]?.rows ?? 0) < SCANNED_ROWS,
  }
}
