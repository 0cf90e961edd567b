import { z } from 'zod'
import { pageOf, pageQuery } from '#platform/shared/page'
import { counted } from './conditions.ts'
import { fieldValues, MAX_COLUMNS } from './views.ts'

/** What narrows a list: a condition as JSON, words to be found by, or both. */
const narrowed = { filter: z.string().max(20_000).optional(), q: z.string().max(200).optional() }

/** A page of a list with its cells. `fields` with commas; `sort` as everywhere; found by `q`: the best first. */
export const rowsQuery = pageQuery.extend({
  ...narrowed,
  sort: z.string().max(300).default('-createdAt'),
  fields: z
    .string()
    .max(4000)
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().min(1).max(100)).min(1).max(MAX_COLUMNS)),
})
export type RowsQuery = z.infer<typeof rowsQuery>

/** `names`: what the things are called to which references among the cells point, by object and id. */
export const rowPage = pageOf(fieldValues).extend({
  names: z.record(z.string(), z.record(z.string(), z.string())),
  can: z.object({ edit: z.boolean() }),
})
export type RowPage = z.infer<typeof rowPage>

export const groupsQuery = z.object({
  filter: narrowed.filter,
  field: z.string().min(1).max(100),
  cursor: pageQuery.shape.cursor,
})

/** One value of a field with how many hold it; null = empty; a count that would take too long is left out. */
export const group = z.object({
  value: z.union([z.string(), z.boolean(), z.null()]),
  /** Of a reference: how what it points to is called. */
  name: z.string().nullable(),
  counted: counted.nullable(),
})
export type Group = z.infer<typeof group>
/**
 * A page of headings, the most common values first; the heading of empty values is on each. `isWhole` is false when there are more values than
 * were told so far; `rest` then counts what holds none of those told. After some hundred headings there is no next page.
 */
export const groups = z.object({
  items: z.array(group),
  nextCursor: z.string().nullable(),
  isWhole: z.boolean(),
  rest: group.pick({ counted: true }).nullable(),
})
export type Groups = z.infer<typeof groups>
