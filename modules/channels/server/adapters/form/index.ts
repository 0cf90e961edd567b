import type { Capabilities } from '../../../contract/index.ts'
import { ChannelError, defineAdapter } from '../../channel-adapter.ts'
import { type FormConfig, formConfig } from './config.ts'
import { normalise } from './normalise.ts'

const capabilities: Capabilities = {
  formats: ['plain'],
  maxTextLength: null,
  maxAttachmentBytes: 0,
  subject: false,
  replyToMessage: false,
  receipts: [],
  typing: false,
  reply: 'other_channel',
  startConversation: 'never',
  replyWindowHours: null,
  idempotentSend: true,
}

/** Forms on the company's site: a request, or a callback at a chosen time. They bring in; answers go by e-mail or phone. */
export const form = defineAdapter<FormConfig>({
  kind: 'form',
  config: formConfig,
  open: (_config, io) => ({
    capabilities,
    verify: async () => ({ ok: true, isProven: false, address: new URL(io.account.publicUrl).host }),
    receive: { mode: 'hosted' },
    normalise,
    send: async () => {
      throw new ChannelError('A form cannot be answered. Answer by e-mail or by phone.', 'rejected', 'not_sent')
    },
  }),
})
