import type { z } from 'zod'

/** A fact in the past tense, `module.fact_happened`. Data is ids plus what a reader cannot ask for later. */
export interface EventDefinition<Data> {
  readonly name: string
  readonly data: z.ZodType<Data>
}

export const defineEvent = <Data>(name: string, data: z.ZodType<Data>): EventDefinition<Data> => ({ name, data })
