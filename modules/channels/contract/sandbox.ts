import { z } from 'zod'

/** What the sandbox plays: the customers' mail server and another business system, both with switches for trouble. */
export const mailFault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** Takes the mail, then the line breaks before the answer. */
  z.object({ kind: z.literal('drop') }),
  z.object({ kind: z.literal('reject') }),
  z.object({ kind: z.literal('busy') }),
  z.object({ kind: z.literal('delay'), ms: z.number().int().min(0).max(60_000) }),
])

export const webhookFault = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    status: z.number().int().min(200).max(599).default(200),
    delayMs: z.number().int().min(0).max(60_000).default(0),
  }),
  z.object({ kind: z.literal('cut') }),
])

/** What happens to the arrivals of one account, of site chat or a form, before they are stored. */
export const sandboxIntake = z.strictObject({
  accountId: z.uuid(),
  /** How often the same arrival comes once more. */
  duplicates: z.number().int().min(0).max(20).default(0),
  delayMs: z.number().int().min(0).max(60_000).default(0),
  /** Nothing is stored: every arrival is refused. */
  isDown: z.boolean().default(false),
})
export type SandboxIntake = z.infer<typeof sandboxIntake>

export const sandboxState = z.object({
  /** False = this Okno is no demo and plays nothing; every other address of the sandbox is missing. */
  isOn: z.boolean(),
  /** Port of Okno's own mail server; null when it is switched off. */
  smtpPort: z.number().int().nullable(),
  mailFault,
  /** Accounts whose arrivals meet trouble now. */
  intake: z.array(sandboxIntake),
  /** Accounts whose answers go to the sandbox. */
  accounts: z.array(z.object({ id: z.uuid(), name: z.string(), kind: z.string(), address: z.string().nullable() })),
})
export type SandboxState = z.infer<typeof sandboxState>

export const sandboxFaults = z.strictObject({
  mail: mailFault.optional(),
  webhook: webhookFault.optional(),
  intake: sandboxIntake.optional(),
})

/** Play the customer by mail. `to` = the account's address when left out; a reply goes to the Reply-To of the answer. */
export const sandboxMail = z.strictObject({
  accountId: z.uuid(),
  from: z.email().max(254),
  name: z.string().max(200).optional(),
  to: z.email().max(320).optional(),
  subject: z.string().max(300).default(''),
  text: z.string().min(1).max(100_000),
  html: z.string().max(200_000).optional(),
  inReplyTo: z.string().max(1000).optional(),
  references: z.string().max(10_000).optional(),
  /** How often the same bytes are sent once more. */
  duplicates: z.number().int().min(0).max(20).default(0),
  delayMs: z.number().int().min(0).max(60_000).default(0),
})

/** Play another system. `message` is what `POST /in/<key>` takes. */
export const sandboxApi = z.strictObject({
  accountId: z.uuid(),
  message: z.record(z.string(), z.unknown()),
  duplicates: z.number().int().min(0).max(200).default(0),
  delayMs: z.number().int().min(0).max(60_000).default(0),
})

export const sandboxMailbox = z.object({
  at: z.date(),
  from: z.string(),
  fromName: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  messageId: z.string(),
  replyTo: z.string().nullable(),
  references: z.string(),
  files: z.array(z.string()),
})
export type SandboxMail = z.infer<typeof sandboxMailbox>

export const sandboxWebhook = z.object({
  at: z.date(),
  accountId: z.string(),
  status: z.number().int().nullable(),
  body: z.string(),
})
export type SandboxWebhook = z.infer<typeof sandboxWebhook>
