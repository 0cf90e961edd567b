import { z } from 'zod'
import { condition } from '#platform/shared/objects/condition'

/** So many columns one list shows. */
export const MAX_COLUMNS = 40

/** A column of a list: a field of the object, and how wide it stands (CSS pixels). */
export const viewColumn = z.strictObject({
  field: z.string().min(1).max(100),
  width: z.number().int().min(60).max(1000).optional(),
})
export type ViewColumn = z.infer<typeof viewColumn>

const columns = z
  .array(viewColumn)
  .min(1)
  .max(MAX_COLUMNS)
  .refine((list) => new Set(list.map(({ field }) => field)).size === list.length, 'A field stands there twice')
const name = z.string().trim().min(1).max(100)

/** A list as somebody keeps it. Personal ones are seen by their owner alone. */
export const view = z.object({
  id: z.uuid(),
  object: z.string(),
  name: z.string(),
  ownerId: z.uuid(),
  isShared: z.boolean(),
  columns: z.array(viewColumn),
  /** null = everything. */
  condition: condition.nullable(),
  /** `-createdAt,name`: newest first, equal ones by name. */
  sort: z.string(),
  /** The field by whose values rows stand together. */
  groupBy: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
  /** `edit`: change and remove it; `share`: show it to everybody, or stop that. */
  can: z.object({ edit: z.boolean(), share: z.boolean() }),
})
export type View = z.infer<typeof view>

export const viewDraft = z.strictObject({
  object: z.string().min(1).max(100),
  name,
  isShared: z.boolean().default(false),
  columns,
  /** What is wrong with it is answered place by place. */
  condition: z.json().default(null),
  sort: z.string().min(1).max(300).default('-createdAt'),
  groupBy: z.string().min(1).max(100).nullable().default(null),
})
export type ViewDraft = z.infer<typeof viewDraft>

export const viewPatch = z
  .strictObject({
    name,
    isShared: z.boolean(),
    columns,
    condition: z.json(),
    sort: z.string().min(1).max(300),
    groupBy: z.string().min(1).max(100).nullable(),
  })
  .partial()
export type ViewPatch = z.infer<typeof viewPatch>

/** All views that somebody sees of an object; `can.share`: whether they may make shared ones. */
export const viewList = z.object({
  items: z.array(view),
  nextCursor: z.null(),
  can: z.object({ share: z.boolean() }),
})
export type ViewList = z.infer<typeof viewList>

export const viewsQuery = z.object({ object: z.string().min(1).max(100) })

/** Values of some fields, of some objects; both with commas. */
export const valuesQuery = z.object({
  ids: z
    .string()
    .max(4000)
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid()).min(1).max(100)),
  fields: z
    .string()
    .max(4000)
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().min(1).max(100)).min(1).max(MAX_COLUMNS)),
})

/** What one object holds in the fields that were asked for; several values as a list, money with its currency. */
export const fieldValues = z.object({
  id: z.uuid(),
  name: z.string() /** Address of a picture of it; left out where there is none. */,
  picture: z.string().optional(),
  values: z.record(z.string(), z.json()),
})
export type FieldValues = z.infer<typeof fieldValues>

/** Values to write, by the keys of fields, built in and `custom.*`; null = empty. */
export const writtenValues = z.strictObject({ values: z.record(z.string().max(100), z.json()) })
