import { z } from 'zod'

const optionalText = (max: number) => z.string().trim().max(max).default('')

/** Settings of one site chat. An empty text means the widget's own words in the visitor's language. */
export const webchatConfig = z.strictObject({
  title: optionalText(80),
  greeting: optionalText(500),
  /** When somebody answers, in the company's own words: «пн–пт 9:00–18:00». */
  hours: optionalText(200),
  /** Accent colour of the widget. */
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must look like #1c7ed6')
    .default('#1c6dd0'),
  locale: z.enum(['auto', 'ru', 'en']).default('auto'),
  position: z.enum(['right', 'left']).default('right'),
  /** Web origins on which the widget may run, such as `https://shop.example`; empty = any. */
  allowedOrigins: z
    .array(z.string().regex(/^https?:\/\/[^/\s]+$/i, 'must look like https://shop.example'))
    .max(100)
    .default([]),
  /** Ask for an e-mail so that the talk can go on by mail. */
  askEmail: z.boolean().default(true),
  /** Shown where an e-mail is asked for. */
  privacyUrl: z
    .string()
    .max(500)
    .regex(/^(https?:\/\/\S+)?$/i, 'must be a web address')
    .default(''),
  /** Minutes after which an answer that the visitor's browser did not fetch is also sent by e-mail. */
  unseenAfterMinutes: z.number().int().min(1).max(1440).default(2),
  /** Shared with the host page's server, which signs who its visitor is. */
  identitySecret: z.string().min(16).max(200).optional().meta({ secret: true }),
})
export type WebchatConfig = z.infer<typeof webchatConfig>
