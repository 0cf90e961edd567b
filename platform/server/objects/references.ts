import { sql } from 'kysely'
import type { Label } from '#platform/shared/objects/object'
import type { FieldSource, ObjectSource, RelationSource, Row, Sql } from './source.ts'
import { jsonValue } from './value-sql.ts'

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
  { key, label, type, target, read }: FieldSource,
): RelationSource | undefined {
  // Its own id leads nowhere new.
  if (type !== 'reference' || target === undefined || key === 'id') return undefined
  const leading = (names: (row: Row) => Sql): RelationSource => ({
    key,
    label,
    target,
    isOne: true,
    on: (row, other) => sql`${other}.id = ${names(row)}`,
    names,
  })
  if ('one' in read) return leading(read.one)
  if (!('json' in read) || !custom) return undefined
  return leading((row) => jsonValue(custom(row), read.json, 'reference').value)
}

/** The way from a row that names one that was joined to another, to the one that is shown for it; undefined when there is no such way. */
export function throughJoined(relation: RelationSource, { table, shownAs }: ObjectSource): RelationSource | undefined {
  const { names } = relation
  if (!names || !shownAs) return undefined
  return {
    ...relation,
    link: table,
    on: (row, other, link) => sql`${link}.id = ${names(row)} and ${other}.id = ${shownAs(link)}`,
  }
}

function comingFrom(object: ObjectSource, field: FieldSource, target: string): RelationSource | undefined {
  const { type, read, label } = field
  const { custom } = object
  if (type !== 'reference' || field.target !== target || !('json' in read) || !custom) return undefined
  return {
    key: `${object.key}.${read.json}`,
    label: backLabel(object.label.many, label),
    target: object.key,
    on: (_row, other, _link, owns) => owns({ custom: custom(other), json: read.json }),
  }
}

const backLabel = (many: Label, field: Label): Label => ({
  en: `${many.en} (${field.en})`,
  ru: `${many.ru} (${field.ru})`,
})
