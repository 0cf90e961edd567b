import { sql } from 'kysely'
import type { Catalogue } from './catalogue.ts'
import { compileField } from './field-value.ts'
import type { Clock } from './moments.ts'
import { fieldIn, ownsOf, relationIn } from './scope.ts'
import type { FieldSource, ObjectSource, RelationSource, Row } from './source.ts'
import type { ValueSql } from './value-sql.ts'

/** The value of a field over a row, also of one that lies behind a relation to one other object; null for a field of many values. */
export function reachedField(
  catalogue: Catalogue,
  field: FieldSource,
  source: ObjectSource,
  row: Row,
  clock: Clock,
): ValueSql | null {
  const { read } = field
  if (!('via' in read)) return compileField(field, source, row, clock)
  const relation = relationIn(source, read.via.relation)
  const target = catalogue.source(relation.target)
  const other = sql.ref('reached')
  const operand = relation.link ? null : compileField(fieldIn(target, read.via.field), target, other, clock)
  if (!operand) return null
  const isRelated = isShown(relation, target, { row, other }) ?? relation.on(row, other, other, ownsOf(source, row))
  return {
    ...operand,
    value: sql`(select ${operand.value} from ${target.table} as ${other}
      where ${other}.workspace_id = ${row}.workspace_id and ${isRelated} limit 1)`,
  }
}

/** True of the one that is shown for what a row names; undefined when nothing is joined there. */
function isShown(
  { names }: RelationSource,
  { table, shownAs }: ObjectSource,
  { row, other }: { row: Row; other: Row },
) {
  if (!names || !shownAs) return undefined
  const named = sql.ref('named')
  return sql`${other}.id = (select coalesce(${shownAs(named)}, ${named}.id) from ${table} as ${named}
    where ${named}.workspace_id = ${row}.workspace_id and ${named}.id = ${names(row)})`
}
