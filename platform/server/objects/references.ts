import { sql } from 'kysely'
import { type Condition, innerParts } from '#platform/shared/objects/condition'
import type { Label } from '#platform/shared/objects/object'
import type { Catalogue } from './catalogue.ts'
import type { Predicate } from './predicate.ts'
import { relationIn } from './scope.ts'
import type { FieldSource, ObjectSource, Reading, RelationSource, Row, Sql } from './source.ts'

/**
 * Which objects own values name, kept by a trigger on every table with such values. Containment in jsonb would say the same, but PostgreSQL neither joins
 * by it nor knows how common it is: 50,000 contracts beside 100,000 people took 60 ms a person, now microseconds.
 */
const REFERENCES = sql`platform.own_custom_references`

/**
 * Adds the relations that follow from references: from an object to the one that its field names, and back from that one to all that name it
 * in a custom field. Modules declare the way back of their own references themselves, because only they know which index serves it.
 */
export function withReferences(objects: readonly ObjectSource[]): ObjectSource[] {
  const keys = new Set(objects.map(({ key }) => key))
  const isKnown = ({ target }: { target: string }) => keys.has(target)
  return objects.map((object) => {
    const declared = new Set(object.relations?.map(({ key }) => key))
    const there = object.fields
      .map((field) => leadingTo(object, field))
      .filter((relation) => relation !== undefined)
      .filter((relation) => isKnown(relation) && !declared.has(relation.key))
    const back = objects.flatMap((other) =>
      other.fields.map((field) => comingFrom(other, field, object.key)).filter((relation) => relation !== undefined),
    )
    return { ...object, relations: [...(object.relations ?? []), ...there, ...back] }
  })
}

function leadingTo(
  { custom }: ObjectSource,
  { key, label, type, target, read, rights }: FieldSource,
): RelationSource | undefined {
  // Its own id leads nowhere new.
  if (type !== 'reference' || target === undefined || key === 'id') return undefined
  const leading = { key, label, target, isOne: true, ...(rights ? { readBy: rights.read } : {}) }
  if ('one' in read) {
    const names = read.one
    return { ...leading, on: (row, other) => sql`${other}.id = ${names(row)}`, names }
  }
  if (!('json' in read) || !custom) return undefined
  return {
    ...leading,
    link: REFERENCES,
    on: (row, other, link) =>
      sql`${link}.from_id = ${row}.id and ${link}.key = ${read.json} and ${other}.id = ${link}.to_id`,
    isOwnReference: true,
  }
}

/** The way from a row that names one that was joined to another, to the one that is shown for it; undefined when there is no such way. */
export function throughJoined(relation: RelationSource, { table, shownAs }: ObjectSource): RelationSource | undefined {
  const { names, isOwnReference } = relation
  if (!shownAs) return undefined
  if (names)
    return {
      ...relation,
      link: table,
      on: (row, other, link) => sql`${link}.id = ${names(row)} and ${other}.id = ${shownAs(link)}`,
    }
  return isOwnReference ? { ...relation, link: toShown(table, shownAs) } : undefined
}

/** References to what was joined to another, as if they named the one that is shown for it. */
function toShown(table: Sql, shownAs: (row: Row) => Sql): Sql {
  const [named, hidden] = [sql.ref('named'), sql.ref('hidden')]
  return sql`(
    select ${named}.workspace_id, ${named}.from_id, ${named}.key, ${shownAs(hidden)} as to_id
    from ${REFERENCES} as ${named} join ${table} as ${hidden} on ${hidden}.workspace_id = ${named}.workspace_id and ${hidden}.id = ${named}.to_id
    where ${shownAs(hidden)} is not null)`
}

/** What rows name in a value of their own, and what is shown in the place of that, as rows of a field with as many values as it likes. */
export function namedRows(key: string, target: ObjectSource | undefined): Extract<Reading, { rows: unknown }> {
  const [named, hidden] = [sql.ref('named'), sql.ref('hidden')]
  const shown =
    target?.shownAs &&
    sql`(select ${named}.* from ${REFERENCES} as ${named} where not exists (select from ${target.table} as ${hidden}
        where ${hidden}.workspace_id = ${named}.workspace_id and ${hidden}.id = ${named}.to_id and ${target.shownAs(hidden)} is not null)
      union all select workspace_id, from_id, key, to_id from ${toShown(target.table, target.shownAs)} as joined)`
  return {
    rows: (row, it) => ({
      from: sql`${shown ?? REFERENCES} as ${it}`,
      where: sql`${it}.workspace_id = ${row}.workspace_id and ${it}.from_id = ${row}.id and ${it}.key = ${key}`,
      value: sql`${it}.to_id`,
    }),
  }
}

/** Whether a row names one of these in a value of its own. */
export const namesOneOf = (row: Row, key: string, ids: Sql): Predicate => {
  const link = sql.ref('link')
  return sql<boolean>`exists (select from ${REFERENCES} as ${link} where ${link}.workspace_id = ${row}.workspace_id
    and ${link}.from_id = ${row}.id and ${link}.key = ${key} and ${link}.to_id in (${ids}))`
}

/** Whether a relation leads over what own values name. */
export const isOverReferences = ({ link }: RelationSource): boolean => link === REFERENCES

/** Whether a condition asks of relations over what own values name, however deep. */
export function asksReferences(catalogue: Catalogue, object: string, condition: Condition): boolean {
  if ('field' in condition || 'behaviour' in condition) return false
  if (!('relation' in condition))
    return innerParts(condition).some(({ part }) => asksReferences(catalogue, object, part))
  const relation = relationIn(catalogue.source(object), condition.relation)
  return (
    isOverReferences(relation) ||
    (condition.where ? asksReferences(catalogue, relation.target, condition.where) : false)
  )
}

function comingFrom(object: ObjectSource, field: FieldSource, target: string): RelationSource | undefined {
  const { type, read, label, rights } = field
  if (type !== 'reference' || field.target !== target || !('json' in read) || !object.custom) return undefined
  return {
    key: `${object.key}.${read.json}`,
    label: backLabel(object.label.many, label),
    target: object.key,
    ...(rights ? { readBy: rights.read } : {}),
    link: REFERENCES,
    on: (_row, other, link, owns) =>
      sql`${owns(sql`${link}.to_id`)} and ${link}.key = ${read.json} and ${other}.id = ${link}.from_id`,
  }
}

const backLabel = (many: Label, field: Label): Label => ({
  en: `${many.en} (${field.en})`,
  ru: `${many.ru} (${field.ru})`,
})
