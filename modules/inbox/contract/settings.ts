import { z } from 'zod'

const clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)
const day = z.array(z.tuple([clock, clock])).max(6)

/** Norms and hours. Minutes of `firstAnswer` and `nextAnswer` count in business hours, `limit` by the calendar. */
export const inboxSettings = z.strictObject({
  firstAnswerMinutes: z.number().int().min(1).max(100_000),
  nextAnswerMinutes: z.number().int().min(1).max(100_000),
  limitMinutes: z.number().int().min(1).max(100_000),
  reopenDays: z.number().int().min(0).max(3650),
  businessHours: z.strictObject({
    mon: day,
    tue: day,
    wed: day,
    thu: day,
    fri: day,
    sat: day,
    sun: day,
    holidays: z.array(z.iso.date()).max(400),
  }),
})
export type InboxSettings = z.infer<typeof inboxSettings>

export const snippet = z.object({ id: z.uuid(), shortcut: z.string(), title: z.string(), text: z.string() })
export type Snippet = z.infer<typeof snippet>
export const snippetDraft = z.strictObject({
  /** Digits are those of the keyboard: PostgreSQL takes no others for letters or digits. */
  shortcut: z.string().regex(/^[\p{L}0-9_-]{1,40}$/u),
  title: z.string().trim().min(1).max(200),
  text: z.string().min(1).max(20_000),
})
