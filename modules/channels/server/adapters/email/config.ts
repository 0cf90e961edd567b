import { z } from 'zod'

const server = {
  host: z.string().trim().min(1).max(255),
  port: z.number().int().min(1).max(65535),
  /**
   * `tls` from the first byte; `starttls` required before sign-in; `when_offered` takes any certificate and does without (RFC 7435), for
   * servers of one's own; `none` only for a server on the same machine.
   */
  security: z.enum(['tls', 'starttls', 'when_offered', 'none']).default('tls'),
  user: z.string().max(320).default(''),
  password: z.string().max(1000).default('').meta({ secret: true }),
}

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/)

/** Settings of one mail account. */
export const emailConfig = z.object({
  /** The address that customers write to and get answers from. */
  address: z.email().trim().toLowerCase(),
  /** Name beside the address, when no operator's name stands there. */
  name: z.string().trim().max(100).optional(),
  /** Outgoing server; without it, answers wait and say so. */
  smtp: z.object(server).optional(),
  /** Mailbox to read; without it, mail comes to our own SMTP server. */
  imap: z
    .object({
      ...server,
      folders: z.array(z.string().min(1).max(500)).min(1).max(20).default(['INBOX']),
      /** Answers written in another program; found by its \Sent mark when empty. */
      sentFolder: z.string().max(500).optional(),
      /** Days of mail to take over on the first connection; 0 takes only what arrives from then on. */
      importDays: z.number().int().min(0).max(3650).default(0),
    })
    .optional(),
  /** Signs outgoing mail here; providers such as Yandex or Gmail sign by themselves. */
  dkim: z
    .object({
      domain,
      selector: z.string().regex(/^[\w.-]{1,100}$/),
      privateKey: z.string().min(1).max(10_000).meta({ secret: true }),
    })
    .optional(),
  /** True when our own SMTP server accepts mail for the address. */
  hosted: z.boolean().default(true),
  /** Answers go to address+token@: on for hosted accounts, off for IMAP unless the provider delivers plus addresses. */
  plusAddressing: z.boolean().optional(),
  /** Answers go to reply+token@ this domain, whose mail our SMTP server must get. */
  replyDomain: domain.optional(),
  /** Set under every answer, as plain text. */
  signature: z.string().max(2000).optional(),
})
export type EmailConfig = z.infer<typeof emailConfig>
export type MailServer = NonNullable<EmailConfig['smtp']>
