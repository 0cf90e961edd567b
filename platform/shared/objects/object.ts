import { z } from 'zod'
import { roles } from '../actor.ts'
import { type Family, familyOf, fieldTypes, type StoredType } from './field-types.ts'

/** A name in both languages of the product. */
export const label = z.strictObject({ en: z.string().trim().min(1).max(200), ru: z.string().trim().min(1).max(200) })
export type Label = z.infer<typeof label>
export type Language = keyof Label

/** One choice of a field. The key is stored and never changes, the label may; an archived one is shown but no longer offered. */
export const fieldOption = z.strictObject({
  key: z.string().regex(/^[a-z0-9_.-]{1,60}$/),
  label,
  isArchived: z.boolean().default(false),
})
export type FieldOption = z.infer<typeof fieldOption>

/** One piece of data of an object, as its reader may know it. */
export const field = z.object({
  /** What conditions, views, imports and the API name it by; never changes. Custom fields begin with `custom.`. */
  key: z.string(),
  type: z.enum(fieldTypes),
  /** Of a formula: the type of what it gives. */
  result: z.enum(fieldTypes).exclude(['formula']).optional(),
  label,
  help: label.nullable(),
  options: z.array(fieldOption).optional(),
  /** Keys of the options that may be chosen, when the others come about by themselves. */
  offers: z.array(z.string()).optional(),
  /** Of a choice without options: the address of the API under which the words given so far are listed. */
  wordsAt: z.string().optional(),
  /** Of a reference: the object it points to. */
  target: z.string().optional(),
  /** Holds several values; positive operators ask for one that fits, negative ones that none does. */
  isMany: z.boolean(),
  isRequired: z.boolean(),
  isUnique: z.boolean(),
  isArchived: z.boolean(),
  /** What a new object holds. */
  default: z.unknown().optional(),
  /** Of a formula: how it is computed. */
  formula: z.string().optional(),
  /** Least roles that read and change it. */
  rights: z.object({ read: z.enum(roles), edit: z.enum(roles) }),
  /** What may be done with it, by its reader. */
  can: z.object({ filter: z.boolean(), sort: z.boolean(), edit: z.boolean(), import: z.boolean() }),
})
export type Field = z.infer<typeof field>

/** Other objects that belong to this one, or to which it belongs. */
export const relation = z.object({
  key: z.string(),
  label,
  target: z.string(),
  /** Leads to one object at most. */
  isOne: z.boolean(),
})
export type Relation = z.infer<typeof relation>

/** Something that happens to an object, any number of times, with facts about each time. */
export const behaviour = z.object({ key: z.string(), label, fields: z.array(field) })
export type Behaviour = z.infer<typeof behaviour>

/** One object as its reader may know it: the description that lists, filters, import, export, API and rights share. */
export const objectDescription = z.object({
  key: z.string(),
  label: z.object({ one: label, many: label }),
  isCustom: z.boolean(),
  isArchived: z.boolean(),
  /** Takes custom fields. */
  takesFields: z.boolean(),
  /** Key of the field that stands first in a list, and leads to the object. */
  title: z.string(),
  fields: z.array(field),
  relations: z.array(relation),
  behaviours: z.array(behaviour),
})
export type ObjectDescription = z.infer<typeof objectDescription>

/** What a condition may name: an object, or one occurrence of a behaviour. */
export type Scope = Pick<ObjectDescription, 'fields' | 'relations' | 'behaviours'>

/** Finds objects by key. */
export type Describe = (key: string) => ObjectDescription | undefined

/** The type of the values of a field: of a formula, of what it gives. */
export const valueTypeOf = ({ type, result }: Pick<Field, 'type' | 'result'>): StoredType =>
  type === 'formula' ? (result ?? 'text') : type

export const familyOfField = (one: Pick<Field, 'type' | 'result'>): Family => familyOf(valueTypeOf(one))

/** The scope in which the `where` of a behaviour is read. */
export const scopeOf = ({ fields }: Behaviour): Scope => ({ fields, relations: [], behaviours: [] })
