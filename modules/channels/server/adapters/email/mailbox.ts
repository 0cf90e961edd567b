import type { ImapFlow } from 'imapflow'
import { ChannelError } from '../../channel-adapter.ts'
import type { EmailConfig } from './config.ts'
import { withoutSecrets } from './smtp-error.ts'

export type MailboxConfig = NonNullable<EmailConfig['imap']>

/** Servers drop a silent IDLE after 30 minutes (RFC 2177); routers on the way sooner. */
const MAX_IDLE_MS = 9 * 60_000

/** A signed-in connection; the library is loaded with the first. @throws ChannelError in the server's words, without the password. */
export async function connectMailbox(config: MailboxConfig): Promise<ImapFlow> {
  const { ImapFlow } = await import('imapflow')
  const client = new ImapFlow({
    host: config.host,
    port: config.port,
    secure: config.security === 'tls',
    ...(config.security === 'when_offered' ? { tls: { rejectUnauthorized: false } } : {}),
    ...(config.security === 'starttls' || config.security === 'none'
      ? { doSTARTTLS: config.security === 'starttls' }
      : {}),
    auth: { user: config.user, pass: config.password },
    // The library's log lines hold mail; ours say what matters.
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: MAX_IDLE_MS,
    connectionTimeout: 30_000,
  })
  // Without a listener a lost connection would end the process; the loss itself shows in the command that waits.
  client.on('error', () => client.close())
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    throw mailboxError(error, config)
  }
}

/** Signs in and out. @throws ChannelError */
export async function verifyMailbox(config: MailboxConfig): Promise<void> {
  const client = await connectMailbox(config)
  try {
    for (const path of config.folders) {
      const status = await client.status(path, { messages: true })
      if (!status) throw new ChannelError(`There is no folder "${path}".`, 'rejected', 'not_sent')
    }
  } catch (error) {
    throw mailboxError(error, config)
  } finally {
    client.close()
  }
}

export function mailboxError(error: unknown, config: MailboxConfig): ChannelError {
  if (error instanceof ChannelError) return error
  const failure: { authenticationFailed?: boolean; responseText?: string; message?: string } =
    error instanceof Error ? error : {}
  const text = withoutSecrets(failure.responseText || failure.message || String(error), [config.password])
  return new ChannelError(text, failure.authenticationFailed ? 'unauthorised' : 'unreachable', 'not_sent')
}
