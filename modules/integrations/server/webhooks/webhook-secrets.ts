import { randomBytes } from 'node:crypto'
import type { Secrets } from '#platform/server/secrets'
import type { WebhookRow } from './webhooks.queries.ts'

/** The strength of HMAC-SHA256; Standard Webhooks ask for 24 to 64 bytes. */
const SECRET_BYTES = 32

/** A new secret as its holder writes it down: `whsec_` and base64. */
export const newSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`

const context = (webhookId: string) => `webhook ${webhookId}`

export const sealSecret = (secrets: Secrets, webhookId: string, secret: string): string =>
  secrets.seal(secret, context(webhookId))

/** Secrets that sign at that time: the present one, and the one before it while receivers may still know only that. */
export function secretsOf(
  secrets: Secrets,
  { id, secret, oldSecret, oldSecretUntil }: Pick<WebhookRow, 'id' | 'secret' | 'oldSecret' | 'oldSecretUntil'>,
  at: Date,
): string[] {
  const isOldValid = oldSecret !== null && oldSecretUntil !== null && at < oldSecretUntil
  return [secret, ...(isOldValid ? [oldSecret] : [])].map((sealed) => secrets.open(sealed, context(id)))
}
