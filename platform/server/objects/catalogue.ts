import { type Actor, type Role, roles } from '#platform/shared/actor'
import type { Behaviour, Field, ObjectDescription, Relation } from '#platform/shared/objects/object'
import { withReferences } from './references.ts'
import type { BehaviourSource, FieldSource, ObjectExtension, ObjectSource, RelationSource } from './source.ts'

/** Changing is open to operators and reading too, unless a field says otherwise. */
const OPEN = { read: 'operator', edit: 'operator' } as const satisfies Record<string, Role>

/**
 * Every object there is: those that modules declared and those that a workspace made. Immutable, so it may be kept and shared between
 * requests.
 */
export class Catalogue {
  readonly #declared: readonly ObjectSource[]
  readonly #objects: ReadonlyMap<string, ObjectSource>

  /** @throws Error when two objects, or two fields of one object, have the same key, or a relation leads nowhere: a mistake in a declaration. */
  constructor(objects: readonly ObjectSource[], extensions: readonly ObjectExtension[] = []) {
    this.#declared = objects.map((object) => extend(object, extensions))
    const whole = withReferences(this.#declared)
    this.#objects = byKey(whole)
    for (const { extends: key } of extensions)
      if (!this.#objects.has(key)) throw new Error(`No object ${key} to extend.`)
    for (const object of whole) this.#assertSound(object)
  }

  /** The objects with their sources, in the order of declaration. */
  get objects(): readonly ObjectSource[] {
    return [...this.#objects.values()]
  }

  /** What a reference leads to; undefined where the module that declares it is left out. */
  target({ target }: Pick<FieldSource, 'target'>): ObjectSource | undefined {
    return target === undefined ? undefined : this.#objects.get(target)
  }

  /** @throws Error when there is no such object: whoever asks has checked the key against `describe`. */
  source(key: string): ObjectSource {
    const found = this.#objects.get(key)
    if (!found) throw new Error(`There is no object ${key}.`)
    return found
  }

  /** An object as one reader may know it; undefined for what they may not read, as if it did not exist. */
  describe(key: string, actor: Actor): ObjectDescription | undefined {
    const source = this.#objects.get(key)
    if (!source || !actor.can(source.permission)) return undefined
    const mayRead = (target: string) => {
      const found = this.#objects.get(target)
      return found !== undefined && actor.can(found.permission)
    }
    return {
      key: source.key,
      label: source.label,
      isCustom: source.isCustom ?? false,
      isArchived: source.isArchived ?? false,
      takesFields: source.custom !== undefined,
      title: source.title ?? 'name',
      fields: fieldsFor(source.fields, actor),
      relations: (source.relations ?? [])
        .filter(({ target, readBy = OPEN.read }) => mayRead(target) && hasRole(actor, readBy))
        .map(describeRelation),
      behaviours: (source.behaviours ?? []).map((one) => describeBehaviour(one, actor)),
    }
  }

  /** This catalogue with more objects and fields. */
  with(objects: readonly ObjectSource[], extensions: readonly ObjectExtension[]): Catalogue {
    return objects.length + extensions.length === 0 ? this : new Catalogue([...this.#declared, ...objects], extensions)
  }

  #assertSound(object: ObjectSource): void {
    for (const parts of [object.fields, object.relations ?? [], object.behaviours ?? []]) byKey<{ key: string }>(parts)
    for (const { key, target } of object.relations ?? [])
      if (!this.#objects.has(target)) throw new Error(`${object.key}.${key} leads to ${target}, which does not exist.`)
  }
}

function byKey<Part extends { readonly key: string }>(parts: readonly Part[]): Map<string, Part> {
  const found = new Map<string, Part>()
  for (const part of parts) {
    if (found.has(part.key)) throw new Error(`${part.key} is declared twice.`)
    found.set(part.key, part)
  }
  return found
}

function extend(object: ObjectSource, extensions: readonly ObjectExtension[]): ObjectSource {
  const own = extensions.filter((extension) => extension.extends === object.key)
  if (own.length === 0) return object
  return {
    ...object,
    fields: [...object.fields, ...own.flatMap(({ fields = [] }) => fields)],
    relations: [...(object.relations ?? []), ...own.flatMap(({ relations = [] }) => relations)],
    behaviours: [...(object.behaviours ?? []), ...own.flatMap(({ behaviours = [] }) => behaviours)],
  }
}

const hasRole = (actor: Actor, least: Role) =>
  actor.role === 'system' || roles.indexOf(actor.role) >= roles.indexOf(least)

/** The role that reads a field, and the one that changes it. */
export const rightsOf = ({ rights = OPEN }: FieldSource) => rights
export const mayRead = (actor: Actor, field: FieldSource): boolean => hasRole(actor, rightsOf(field).read)
export const mayEdit = (actor: Actor, field: FieldSource): boolean =>
  mayRead(actor, field) && hasRole(actor, rightsOf(field).edit)

const isMany = ({ type, read }: FieldSource) => type === 'multi_choice' || 'rows' in read || 'array' in read

const fieldsFor = (fields: readonly FieldSource[], actor: Actor): Field[] =>
  fields.filter((field) => mayRead(actor, field)).map((field) => describeField(field, actor))

function describeField(field: FieldSource, actor: Actor): Field {
  const { key, type, label, help, options, offers, wordsAt, target, result, read } = field
  return {
    key,
    type,
    label,
    help: help ?? null,
    ...(result ? { result } : {}),
    ...(options ? { options: [...options] } : {}),
    ...(offers ? { offers: [...offers] } : {}),
    ...(wordsAt ? { wordsAt } : {}),
    ...(target ? { target } : {}),
    isMany: isMany(field),
    isRequired: field.isRequired ?? false,
    isUnique: field.isUnique ?? false,
    isArchived: field.isArchived ?? false,
    ...(field.default === undefined ? {} : { default: field.default }),
    ...('formula' in read ? { formula: read.formula.text } : {}),
    rights: rightsOf(field),
    can: {
      filter: field.filter ?? true,
      sort: field.sort ?? false,
      edit: (field.edit ?? false) && mayEdit(actor, field) && !field.isArchived,
      import: (field.import ?? field.edit ?? false) && mayEdit(actor, field) && !field.isArchived,
    },
  }
}

const describeRelation = ({ key, label, target, isOne = false }: RelationSource): Relation => ({
  key,
  label,
  target,
  isOne,
})

const describeBehaviour = ({ key, label, fields = [] }: BehaviourSource, actor: Actor): Behaviour => ({
  key,
  label,
  fields: fieldsFor(fields, actor),
})
