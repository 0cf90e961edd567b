import { z } from 'zod'

/** A formula that is being written; `id` = the object on which to try it, else the newest. */
export const formulaQuestion = z.strictObject({ formula: z.string().max(2000), id: z.uuid().optional() })
export type FormulaQuestion = z.infer<typeof formulaQuestion>

/** What types a formula gives. */
const formulaTypes = ['number', 'text', 'boolean', 'date'] as const

/** Either what the formula gives, tried on one object, or what is wrong with it and where. */
export const formulaAnswer = z.object({
  type: z.enum(formulaTypes).nullable(),
  /** Tried on this object, with what stands in the fields that it names; null when there is none yet. */
  trial: z
    .object({
      id: z.uuid(),
      name: z.string(),
      /** Null = empty: some field is, or something is divided by zero. */
      value: z.json(),
      given: z.record(z.string(), z.json()),
    })
    .nullable(),
  /** `fault` names the sentence, `params` are the words in it, `at` is where, counted in characters from 0. */
  fault: z
    .object({
      fault: z.string(),
      at: z.number().int(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      message: z.string(),
    })
    .nullable(),
})
export type FormulaAnswer = z.infer<typeof formulaAnswer>
