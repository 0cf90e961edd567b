import { z } from 'zod'
import { capabilities } from './capabilities.ts'

export const account = z.object({
  id: z.uuid(),
  kind: z.string(),
  name: z.string(),
  /** Public, unguessable name in addresses: `/in/<key>`, `/f/<key>`, the chat's script tag. */
  key: z.string(),
  address: z.string().nullable(),
  teamId: z.uuid().nullable(),
  isEnabled: z.boolean(),
  health: z.enum(['new', 'connecting', 'connected', 'failing']),
  healthReason: z.string().nullable(),
  /** Without secrets: a secret that is set reads as `true`. Present for those who may manage channels. */
  config: z.record(z.string(), z.unknown()).optional(),
  capabilities,
  can: z.object({ edit: z.boolean() }),
})
export type Account = z.infer<typeof account>

/**
 * `config` is checked by the schema of its kind. For e-mail the keys `smtp`, `imap`, `address` may also stand at the top, so that
 * one short call configures a mailbox.
 */
export const accountDraft = z
  .object({
    kind: z.string().max(40).default('email'),
    name: z.string().trim().min(1).max(200).optional(),
    teamId: z.uuid().nullable().optional(),
    config: z.record(z.string(), z.unknown()).optional(),
    smtp: z.unknown().optional(),
    imap: z.unknown().optional(),
    address: z.string().max(254).optional(),
  })
  .strict()
export type AccountDraft = z.infer<typeof accountDraft>

/** A secret left out of `config` keeps its value. */
export const accountPatch = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    teamId: z.uuid().nullable(),
    isEnabled: z.boolean(),
    isArchived: z.boolean(),
    config: z.record(z.string(), z.unknown()),
  })
  .partial()

/** A kind of channel with the JSON schema of its settings, from which the form is drawn. */
export const channelKind = z.object({ kind: z.string(), configSchema: z.record(z.string(), z.unknown()) })
export type ChannelKind = z.infer<typeof channelKind>

export const arrival = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  accountName: z.string(),
  kind: z.string(),
  key: z.string(),
  state: z.enum(['new', 'read', 'unreadable']),
  reason: z.string().nullable(),
  attempts: z.number().int(),
  receivedAt: z.date(),
  readAt: z.date().nullable(),
  sizeBytes: z.number().int(),
})
export type Arrival = z.infer<typeof arrival>
