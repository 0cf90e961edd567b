import { z } from 'zod'
import { condition } from '#platform/shared/objects/condition'
import { label } from '#platform/shared/objects/object'
import { pageQuery } from '#platform/shared/page'

const asked = z.strictObject({
  object: z.string().max(100),
  /** A condition; what is wrong with it is answered place by place. */
  condition: z.json(),
})

export const conditionQuestion = asked

export const conditionProblem = z.object({
  /** JSON pointer (RFC 6901) into the condition. */
  pointer: z.string(),
  code: z.string(),
  message: z.string(),
})

/** Either what is asked, with values as they are compared, and said in words; or everything that is wrong with it. */
export const conditionAnswer = z.object({
  condition: condition.nullable(),
  sentence: label.nullable(),
  problems: z.array(conditionProblem),
})
export type ConditionAnswer = z.infer<typeof conditionAnswer>

/** `at_least`: counting stopped there. `about`: guessed, because counting took too long. */
export const counted = z.object({ count: z.number().int(), precision: z.enum(['exact', 'at_least', 'about']) })
export type Counted = z.infer<typeof counted>

export const whyQuestion = asked.extend({ id: z.uuid() })
/** Which parts of a condition are true of one object, by JSON pointer, groups after their parts. */
export const why = z.object({
  isTrue: z.boolean(),
  parts: z.array(z.object({ pointer: z.string(), isTrue: z.boolean() })),
})
export type Why = z.infer<typeof why>

/** Things by their ids (with commas), or by words in their names. */
export const namesQuery = z.object({
  q: z.string().max(200).optional(),
  ids: z
    .string()
    .max(4000)
    .transform((text) => text.split(',').filter((id) => id !== ''))
    .pipe(z.array(z.uuid()).max(100))
    .optional(),
})
/** How one thing is called. */
export const named = z.object({ id: z.uuid(), name: z.string() })
export type Named = z.infer<typeof named>

/** `filter` is a condition as JSON. `sort` is a field, `-` before it turns the order; several with commas. */
export const recordsQuery = pageQuery.extend({
  filter: z.string().max(20_000).optional(),
  sort: z.string().max(300).default('-createdAt'),
})
