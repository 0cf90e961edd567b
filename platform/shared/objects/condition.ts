import { z } from 'zod'
import { dateValue } from './field-types.ts'
import { operators, periods, spanUnits } from './operators.ts'

/** So many parts a condition may have, counting groups; nobody reads a longer one, and the planner does not either. */
export const MAX_PARTS = 100
/** So deep groups, relations and behaviours may lie in each other. */
export const MAX_DEPTH = 8
/** So many relations and behaviours may lie in each other: each is one more join. */
export const MAX_HOPS = 3
/** So many values a list may name. */
export const MAX_VALUES = 500
const MAX_TEXT = 500
const MAX_KEY = 100

const key = z.string().min(1).max(MAX_KEY)
const one = z.union([
  z.string().max(MAX_TEXT),
  z.number(),
  z.boolean(),
  z.strictObject({ amount: z.number(), currency: z.string().max(3) }),
])
export type OneValue = z.infer<typeof one>

/** "30 days". */
export const span = z.strictObject({ amount: z.number().int().min(0).max(10_000), unit: z.enum(spanUnits) })
export type Span = z.infer<typeof span>
/** Both ends belong to it. */
const range = z.strictObject({ from: one, to: one })

const value = z.union([one, z.array(one).max(MAX_VALUES), range, span, z.enum(periods)])
export type ConditionValue = z.infer<typeof value>

/** How often: left out = at least once. `eq 0` = never. */
export const count = z.strictObject({ op: z.enum(['eq', 'gte', 'lte']), value: z.number().int().min(0).max(10_000) })
export type Count = z.infer<typeof count>

/** When something happened: within a span up to now, in a calendar period, or between two dates (both belong to it). Left out = ever. */
export const within = z.union([
  z.strictObject({ last: span }),
  z.strictObject({ during: z.enum(periods) }),
  z
    .strictObject({ from: dateValue.optional(), to: dateValue.optional() })
    .refine(({ from, to }) => from !== undefined || to !== undefined, 'Give `from`, `to` or both'),
])
export type Within = z.infer<typeof within>

/** A field compared with a value. */
export interface FieldCondition {
  field: string
  op: (typeof operators)[number]
  value?: ConditionValue | undefined
}
/** So many related objects satisfy `where`. */
export interface RelationCondition {
  relation: string
  count?: Count | undefined
  where?: Condition | undefined
}
/** Something happened so often, within a time. `where` asks about each time it happened. */
export interface BehaviourCondition {
  behaviour: string
  count?: Count | undefined
  within?: Within | undefined
  where?: Condition | undefined
}
export type AllCondition = { all: Condition[] }
export type AnyCondition = { any: Condition[] }
export type NotCondition = { not: Condition }

/**
 * What somebody asks of an object, as JSON. The one language of filters: views, segments, rules, reports, import and rights speak it.
 *
 * ```json
 * {"all": [
 *   {"field": "city", "op": "in", "value": ["Москва", "Тула"]},
 *   {"not": {"field": "stage", "op": "eq", "value": "former"}},
 *   {"relation": "companies", "where": {"field": "custom.size", "op": "gte", "value": 50}},
 *   {"behaviour": "inbox.wrote", "count": {"op": "gte", "value": 2}, "within": {"last": {"amount": 30, "unit": "day"}},
 *    "where": {"field": "channel", "op": "eq", "value": "vk"}}
 * ]}
 * ```
 * An empty `all` is true, an empty `any` is false.
 */
export type Condition =
  | AllCondition
  | AnyCondition
  | NotCondition
  | FieldCondition
  | RelationCondition
  | BehaviourCondition

const inner: z.ZodType<Condition> = z.lazy(() => condition)
const forms = {
  all: z.strictObject({ all: z.array(inner).max(MAX_PARTS) }),
  any: z.strictObject({ any: z.array(inner).max(MAX_PARTS) }),
  not: z.strictObject({ not: inner }),
  field: z.strictObject({ field: key, op: z.enum(operators), value: value.optional() }),
  relation: z.strictObject({ relation: key, count: count.optional(), where: inner.optional() }),
  behaviour: z.strictObject({
    behaviour: key,
    count: count.optional(),
    within: within.optional(),
    where: inner.optional(),
  }),
}

/** The form of a condition, for the reference of the API. Whether it fits the objects of a workspace is asked of `check`. */
export const condition: z.ZodType<Condition> = z
  .union([forms.all, forms.any, forms.not, forms.field, forms.relation, forms.behaviour])
  .meta({ id: 'Condition' })

/** The kinds of parts by the key that only they have. */
export const formOf = (part: object): keyof typeof forms | undefined =>
  (Object.keys(forms) as (keyof typeof forms)[]).find((name) => name in part)

/** Nothing is asked: true of everything. */
export const EVERYTHING: Condition = { all: [] }

/** True of a condition that leaves nothing out. */
export const asksNothing = (one: Condition | undefined): boolean =>
  one === undefined || ('all' in one && one.all.every(asksNothing))

/** Both conditions at once; what is undefined asks nothing. */
export function both(...conditions: readonly (Condition | undefined)[]): Condition {
  const given = conditions.filter((one) => one !== undefined)
  const [only] = given
  return given.length === 1 && only ? only : { all: given }
}

/** Conditions directly inside a part, each with the steps of its JSON pointer. */
export function innerParts(part: Condition): { part: Condition; steps: readonly (string | number)[] }[] {
  if ('all' in part) return part.all.map((child, i) => ({ part: child, steps: ['all', i] }))
  if ('any' in part) return part.any.map((child, i) => ({ part: child, steps: ['any', i] }))
  if ('not' in part) return [{ part: part.not, steps: ['not'] }]
  if ('field' in part || part.where === undefined) return []
  return [{ part: part.where, steps: ['where'] }]
}
