import type { Capabilities } from '../../../contract/index.ts'
import { ChannelError, defineAdapter, type OutgoingMessage } from '../../channel-adapter.ts'
import { type ApiConfig, apiConfig } from './config.ts'
import { normalise, parseApiMessage } from './normalise.ts'
import { send } from './send.ts'
import { isSigned } from './signature.ts'

const capabilities: Capabilities = {
  formats: ['plain', 'html'],
  maxTextLength: null,
  maxAttachmentBytes: 18 * 1024 * 1024,
  subject: true,
  replyToMessage: true,
  receipts: [],
  typing: false,
  reply: 'same_channel',
  startConversation: 'after_customer_wrote',
  replyWindowHours: null,
  idempotentSend: true,
}

/** Messages of any other system: `POST /in/<key>` in, a webhook out. */
export const api = defineAdapter<ApiConfig>({
  kind: 'api',
  config: apiConfig,
  open: (config, io) => ({
    capabilities,
    verify: async () => ({
      ok: true,
      isProven: false,
      address: config.webhookUrl ? new URL(config.webhookUrl).host : '',
    }),
    receive: {
      mode: 'webhook',
      authentic: (raw) =>
        config.secret === undefined ||
        isSigned({
          header: raw.headers['okno-signature'],
          body: raw.body,
          secret: config.secret,
          at: raw.receivedAt,
        }),
      keyOf: (raw) => parseApiMessage(raw).id ?? '',
    },
    normalise: (raw) => normalise(raw, config),
    send: async (message) => {
      refuseWhatDoesNotFit(message)
      return send(message, config, io)
    },
  }),
})

function refuseWhatDoesNotFit({ files }: OutgoingMessage): void {
  const sizeBytes = files.reduce((sum, { content }) => sum + content.byteLength, 0)
  if (sizeBytes > capabilities.maxAttachmentBytes)
    throw new ChannelError(`The files have ${sizeBytes} bytes together.`, 'rejected', 'not_sent')
}
