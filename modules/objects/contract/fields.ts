import { z } from 'zod'
import { roles } from '#platform/shared/actor'
import { fieldTypes } from '#platform/shared/objects/field-types'
import { fieldOption, label } from '#platform/shared/objects/object'

/** The part of a key that somebody chooses: stable, readable in URLs, files and formulas. */
export const ownKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Latin letters, digits and _, beginning with a letter')

const MAX_OPTIONS = 200
const rights = z.strictObject({ read: z.enum(roles), edit: z.enum(roles) })
const options = z
  .array(fieldOption)
  .min(1)
  .max(MAX_OPTIONS)
  .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, 'Two options have the same key')

/** A custom field that somebody describes. `default` is what new objects hold; `formula` computes instead of asking. */
export const fieldDraft = z.strictObject({
  /** Made from the label when left out. */
  key: ownKey.optional(),
  type: z.enum(fieldTypes),
  label,
  help: label.nullable().optional(),
  options: options.optional(),
  /** Of a reference: the object it points to. */
  target: z.string().max(100).optional(),
  isRequired: z.boolean().default(false),
  isUnique: z.boolean().default(false),
  default: z.json().optional(),
  formula: z.string().max(1000).optional(),
  rights: rights.default({ read: 'operator', edit: 'operator' }),
})
export type FieldDraft = z.infer<typeof fieldDraft>

/** What may change later. Key and type may not: what is stored would lose its meaning. Options are added, renamed and archived, never removed. */
export const fieldPatch = z
  .strictObject({
    label,
    help: label.nullable(),
    options,
    isRequired: z.boolean(),
    isUnique: z.boolean(),
    default: z.json().nullable(),
    formula: z.string().max(1000),
    rights,
    isArchived: z.boolean(),
    /** Its place among the custom fields, from 0. */
    position: z.number().int().min(0).max(1000),
  })
  .partial()
export type FieldPatch = z.infer<typeof fieldPatch>

const objectLabel = z.strictObject({ one: label, many: label })
/** A custom object: something the company keeps that Okno does not know, such as a pet, a car, a visit. */
export const objectDraft = z.strictObject({ key: ownKey.optional(), label: objectLabel })
export type ObjectDraft = z.infer<typeof objectDraft>
export const objectPatch = z.strictObject({ label: objectLabel, isArchived: z.boolean() }).partial()
export type ObjectPatch = z.infer<typeof objectPatch>

/** Custom values by the keys of their fields, without `custom.`; null = empty. */
export const customValues = z.record(z.string().max(60), z.json())
export type CustomValues = z.infer<typeof customValues>

/** One custom object with its values. */
export const record = z.object({
  id: z.uuid(),
  object: z.string(),
  name: z.string(),
  custom: customValues,
  isArchived: z.boolean(),
  createdAt: z.date(),
  updatedAt: z.date(),
  can: z.object({ edit: z.boolean() }),
})
export type CustomRecord = z.infer<typeof record>
export const recordDraft = z.strictObject({ name: z.string().trim().min(1).max(300), custom: customValues.default({}) })
export type RecordDraft = z.infer<typeof recordDraft>
export const recordPatch = z
  .strictObject({ name: z.string().trim().min(1).max(300), custom: customValues, isArchived: z.boolean() })
  .partial()
export type RecordPatch = z.infer<typeof recordPatch>
