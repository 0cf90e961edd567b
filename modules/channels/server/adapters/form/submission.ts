import { z } from 'zod'

/** One filled-in form as it is stored: checked by the hosted page, so `normalise` reads it strictly. */
export const submission = z.object({
  id: z.string().min(1).max(200),
  answers: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      type: z.enum(['text', 'email', 'phone', 'textarea', 'choice']),
      value: z.string(),
      fills: z.string().optional(),
    }),
  ),
  consent: z.object({ purpose: z.string(), text: z.string(), version: z.number().int() }).optional(),
  /** ISO moments between which a call is welcome, and the words that were chosen. */
  slot: z.object({ from: z.iso.datetime(), to: z.iso.datetime(), words: z.string() }).optional(),
  files: z.array(z.object({ name: z.string(), mime: z.string(), contentBase64: z.string() })),
  /** Page of the company's site on which the form stood. */
  page: z.string().optional(),
  title: z.string(),
})
export type Submission = z.infer<typeof submission>
