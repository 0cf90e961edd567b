import { z } from 'zod'

export const exportFormats = ['csv', 'xlsx', 'jsonl', 'vcard'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A list to be taken away: the columns, condition and order that it has on screen. */
export const listOrder = z.strictObject({
  /** `person`, `company`, `custom.…` */
  object: z.string().max(60),
  format: z.enum(exportFormats),
  /** Keys of fields, in their order; a vCard has its own. */
  fields: z.array(z.string().min(1).max(100)).min(1).max(100),
  /** Words that are looked for, as in the list. */
  q: z.string().max(200).optional(),
  /** A condition as JSON. */
  filter: z.string().max(20_000).optional(),
  sort: z.string().max(300).default('-createdAt'),
  /** Of CSV: what divides cells. A Russian Excel opens `;`, most others `,`. */
  delimiter: z.enum([',', ';']).default(';'),
  locale: z.enum(['ru', 'en']).default('ru'),
  /** Also people whose data is restricted. */
  withRestricted: z.boolean().default(false),
})
export type ListOrder = z.infer<typeof listOrder>

export const exportState = z.enum(['waiting', 'running', 'done', 'failed', 'ended'])

/** A file that is being made or lies ready. Only who asked for it sees and takes it. */
export const madeExport = z.object({
  id: z.uuid(),
  kind: z.enum(['list', 'person']),
  name: z.string(),
  state: exportState,
  /** Rows written so far. */
  done: z.number().int(),
  /** Rows there will be, as far as known. */
  total: z.number().int().nullable(),
  sizeBytes: z.number().int().nullable(),
  /** Code of what went wrong. */
  problem: z.string().nullable(),
  createdAt: z.date(),
  /** Until when it can be taken. */
  endsAt: z.date(),
})
export type MadeExport = z.infer<typeof madeExport>
