import type { Capabilities } from '../../../contract/index.ts'
import { type ChannelAccount, ChannelError, type ChannelIo, defineAdapter } from '../../channel-adapter.ts'
import { type EmailConfig, emailConfig } from './config.ts'
import { listenToMailbox } from './listen.ts'
import { verifyMailbox } from './mailbox.ts'
import { messageIdFor } from './message-id.ts'
import { normaliseMail } from './normalise.ts'
import { createSender, MAX_ATTACHMENT_BYTES } from './send.ts'

const capabilities: Capabilities = {
  formats: ['plain', 'html'],
  maxTextLength: null,
  maxAttachmentBytes: MAX_ATTACHMENT_BYTES,
  subject: true,
  replyToMessage: true,
  receipts: ['failed'],
  typing: false,
  reply: 'same_channel',
  startConversation: 'always',
  replyWindowHours: null,
  // A resend carries the same Message-ID, but few servers drop the second copy, so the customer may get both.
  idempotentSend: false,
}

/** E-mail: our own SMTP server or an IMAP mailbox in, any SMTP account out. */
export const email = defineAdapter<EmailConfig>({
  kind: 'email',
  config: emailConfig,
  open: openAccount,
})

function openAccount(config: EmailConfig, io: ChannelIo): ChannelAccount {
  const sender = createSender(config, io)
  return {
    capabilities,
    verify: () => verify(config, sender),
    receive: config.imap
      ? { mode: 'connection', listen: (accept, stop) => listenToMailbox({ config, io, accept, stop }) }
      : { mode: 'hosted' },
    normalise: (raw) => normaliseMail(raw, { address: config.address, key: io.account.signingKey }),
    send: (message) => sender.send(message),
    idOf: (messageId) => messageIdFor(messageId, { address: config.address, key: io.account.signingKey }),
    close: async () => sender.close(),
  }
}

async function verify(
  config: EmailConfig,
  sender: ReturnType<typeof createSender>,
): ReturnType<ChannelAccount['verify']> {
  try {
    if (config.smtp) await sender.verify()
    if (config.imap) await verifyMailbox(config.imap)
    return { ok: true, isProven: true, address: config.address }
  } catch (error) {
    if (error instanceof ChannelError) return { ok: false, reason: error.message }
    throw error
  }
}
