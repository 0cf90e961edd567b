import { sql } from 'kysely'
import { both, type Condition, EVERYTHING } from '#platform/shared/objects/condition'
import { type GroupValue, inGroup, inNoGroup } from '#platform/shared/objects/groups'
import { familyOfField } from '#platform/shared/objects/object'
import type { Tx } from '../database.ts'
import { asked, type Counted, countFound, type Search } from './find.ts'
import { reachedField } from './reached-field.ts'
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
/** More headings than this are no overview; the one of empty values and that of all others come besides. */
const MAX_GROUPS = 100
/** One heading's count is worth so much, all of them together so much. */
const COUNT_MS = 150
const ALL_COUNTS_MS = 1000

/**
 * The values of a field among what a search finds, with how often each occurs; the empty ones last. Choices that are offered are all there,
 * even those that nothing holds. `rest`: how many hold a value that has no heading, when there may be such.
 */
export async function findGroups(
  tx: Tx,
  search: Search,
  field: FieldSource,
): Promise<{ groups: Group[]; rest: Pick<Group, 'counted'> | null }> {
  const { values, isWhole } = knownValues(field) ?? (await heldValues(tx, search, field))
  const groups: Group[] = []
  const until = performance.now() + ALL_COUNTS_MS
  const count = (within: Condition) => {
    const condition = both(search.condition ?? EVERYTHING, within)
    const left = Math.min(COUNT_MS, until - performance.now())
    return left > 1 ? countFound(tx, { ...search, condition }, { limitMs: Math.ceil(left) }) : null
  }
  // The rest before the others: whether there is any must be known.
  const counted = isWhole ? null : await count(inNoGroup(field.key, values))
  const isNothing = isWhole || (counted?.precision === 'exact' && counted.count === 0)
  for (const value of [...values, null]) groups.push({ value, counted: await count(inGroup(field.key, value)) })
  return { groups, rest: isNothing ? null : { counted } }
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
  const operand = reachedField(search.catalogue, field, source, ROW, search.asking)
  if (!operand) return { values: [], isWhole: true }
  const found = await withinTime(tx, ALL_COUNTS_MS, () =>
    sql<{ value: string | null; rows: number }>`
      select value, sum(count(*)) over ()::int as rows from (
        select (${operand.value})::text as value from ${source.table} as ${ROW} where ${asked(tx, search)} limit ${SCANNED_ROWS}
      ) as scanned group by value order by count(*) desc, value limit ${MAX_GROUPS + 2}`.execute(tx.db),
  )
  if (!found) return { values: [], isWhole: false }
  const { rows } = found
  const values = rows.map(({ value }) => value).filter((value) => value !== null)
  return {
    values: values.slice(0, MAX_GROUPS),
    isWhole: values.length <= MAX_GROUPS && (rows[0]?.rows ?? 0) < SCANNED_ROWS,
  }
}
