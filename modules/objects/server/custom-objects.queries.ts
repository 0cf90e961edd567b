import { sql } from 'kysely'
import { type Catalogue, rightsOf } from '#platform/server/objects/catalogue'
import { type Formula, formulaTypeOf } from '#platform/server/objects/formula/formula'
import { readFormula } from '#platform/server/objects/formula/read-formula'
import type { FieldSource, ObjectExtension, ObjectSource, ObjectWriter, Row } from '#platform/server/objects/source'
import { type Role, roles } from '#platform/shared/actor'
import { familyOf, type StoredType } from '#platform/shared/objects/field-types'
import type { FieldOption, Label } from '#platform/shared/objects/object'
import { Problem } from '#platform/shared/problems'
import type { StoredField, StoredObject } from './definitions.queries.ts'

/** Everything about a custom field that may change. */
export interface FieldDescription {
  label: Label
  help?: Label | null
  options?: FieldOption[]
  target?: string
  isRequired: boolean
  isUnique: boolean
  default?: unknown
  formula?: string
  rights: { read: Role; edit: Role }
}

/** Begins the key of everything that a workspace made, so that later releases of Okno can never collide with it. */
export const CUSTOM = 'custom.'

/** A catalogue with the objects and fields that a workspace made. `writerOf`: how records of such an object are written. */
export function withCustom(
  base: Catalogue,
  objects: readonly StoredObject[],
  fields: readonly StoredField[],
  writerOf: (object: StoredObject) => ObjectWriter,
): Catalogue {
  const own = objects.map((object) => ({ ...objectSource(object), write: writerOf(object) }))
  const bases = new Map([...base.objects, ...own].map((object) => [object.key, object]))
  const extensions: ObjectExtension[] = [...bases.values()].map((object) => ({
    extends: object.key,
    fields: fieldSources(
      object,
      fields.filter((field) => field.object === object.key),
    ),
  }))
  return base.with(
    own,
    extensions.filter(({ fields: some = [] }) => some.length > 0),
  )
}

function objectSource({ id, key, label, archivedAt }: StoredObject): ObjectSource {
  const row = (name: string) => ({ one: (alias: Row) => sql`${alias}.${sql.ref(name)}` })
  return {
    key: CUSTOM + key,
    label,
    table: sql`objects.own_records`,
    indexed: 'objects.records',
    only: (alias) => sql`${alias}.object_id = ${id}::uuid and ${alias}.archived_at is null`,
    permission: 'objects.read',
    name: (alias) => sql`${alias}.name`,
    custom: (alias) => sql`${alias}.custom`,
    isCustom: true,
    isArchived: archivedAt !== null,
    fields: [
      {
        key: 'name',
        type: 'text',
        label: { en: 'Name', ru: 'Название' },
        isRequired: true,
        sort: true,
        edit: true,
        read: row('name'),
      },
      {
        key: 'createdAt',
        type: 'datetime',
        label: { en: 'Created', ru: 'Создано' },
        isRequired: true,
        sort: true,
        read: row('created_at'),
      },
      {
        key: 'updatedAt',
        type: 'datetime',
        label: { en: 'Changed', ru: 'Изменено' },
        isRequired: true,
        sort: true,
        read: row('updated_at'),
      },
    ],
  }
}

/** Fields first, then formulas: those may stand on any field of their object that is no formula. */
function fieldSources(object: ObjectSource, stored: readonly StoredField[]): FieldSource[] {
  const plain = stored.filter(({ type }) => type !== 'formula').map((field) => fieldSource(field, { json: field.key }))
  const known = [...object.fields, ...plain]
  return stored.flatMap((field) => {
    if (field.type !== 'formula') return [fieldSource(field, { json: field.key })]
    const formula = readableFormula(known, field.description.formula ?? '')
    if (!formula) return []
    const source = fieldSource(field, { formula })
    const rights = { ...rightsOf(source), read: highestRole([source, ...fieldsIn(formula, known)]) }
    return [{ ...source, rights, result: formula.root.type, edit: false }]
  })
}

const fieldsIn = (formula: Formula, known: readonly FieldSource[]) =>
  known.filter(({ key }) => formula.fields.includes(key))

/** Least role that reads all of these: a formula would tell what it stands on to those who may not read that. */
const highestRole = (fields: readonly FieldSource[]): Role =>
  fields
    .map((field) => rightsOf(field).read)
    .reduce((highest, role) => (roles.indexOf(role) > roles.indexOf(highest) ? role : highest))

/** A formula was read when it was described. One over a field that this release no longer has is left out, and takes nothing with it. */
function readableFormula(fields: readonly FieldSource[], text: string): Formula | undefined {
  try {
    return formulaOver(fields, text)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** Reads a formula over fields that hold one value each. @throws Problem `objects.formula_wrong` */
export const formulaOver = (fields: readonly FieldSource[], text: string): Formula =>
  readFormula(text, (key) => {
    const field = fields.find((one) => one.key === key)
    if (!field) return undefined
    if (field.type === 'formula' || field.type === 'multi_choice') return 'unfit'
    const isSingle = 'one' in field.read || 'json' in field.read
    return (isSingle && formulaTypeOf(familyOf(field.type as StoredType))) || 'unfit'
  })

function fieldSource({ id, key, type, description, archivedAt }: StoredField, read: FieldSource['read']): FieldSource {
  const { label, help, options, target, isRequired, isUnique, rights } = description
  return {
    key: CUSTOM + key,
    id,
    type,
    label,
    ...(help ? { help } : {}),
    ...(options ? { options } : {}),
    ...(target ? { target } : {}),
    isRequired,
    isUnique,
    isArchived: archivedAt !== null,
    ...(description.default === undefined || description.default === null ? {} : { default: description.default }),
    rights,
    read,
    sort: type !== 'multi_choice' && type !== 'file',
    edit: true,
  }
}
