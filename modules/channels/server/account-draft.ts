import type { z } from 'zod'
import { Problem } from '#platform/shared/problems'
import type { AccountDraft } from '../contract/accounts.ts'
import { openSecrets, sealSecrets } from './account-secrets.ts'
import { mailServer } from './mail-server-words.ts'

/**
 * Settings of a draft. For e-mail, `smtp`, `imap` and `address` may stand at the top, and servers may be described in the words of
 * common mail programs.
 */
export function configOf({ config, smtp, imap, address }: AccountDraft): Record<string, unknown> {
  const settings: Record<string, unknown> = {
    ...config,
    ...(smtp === undefined ? {} : { smtp }),
    ...(imap === undefined ? {} : { imap }),
    ...(address === undefined ? {} : { address }),
  }
  for (const name of ['smtp', 'imap']) if (name in settings) settings[name] = mailServer(settings[name])
  return settings
}

/**
 * Settings fit for storing: checked by the schema of their kind, secrets sealed.
 * @throws Problem `channels.config_invalid` with one error per field
 */
export function checkedConfig(
  schema: z.ZodType,
  config: Record<string, unknown>,
  secrets: { seal(plain: string): string; open(sealed: string): string },
): Record<string, unknown> {
  const parsed = schema.safeParse(openSecrets(config, secrets.open))
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, code, message }) => ({
      path: ['config', ...path].join('.'),
      code,
      message,
    }))
    throw new Problem('channels.config_invalid', 422, 'The settings do not fit this kind of channel.', { errors })
  }
  // Sealing keeps the shape of an object.
  return sealSecrets(schema, config, secrets.seal) as Record<string, unknown>
}

/** The address that customers see, where the settings have one. */
export function addressOf(config: Record<string, unknown>): string | null {
  const { address } = config
  return typeof address === 'string' ? address.trim().toLowerCase() : null
}
