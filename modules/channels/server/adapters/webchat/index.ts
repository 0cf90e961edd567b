import { chatLimits } from '../../../contract/chat.ts'
import type { Capabilities } from '../../../contract/index.ts'
import { ChannelError, defineAdapter, type OutgoingMessage, type RegisteredAdapter } from '../../channel-adapter.ts'
import { type WebchatConfig, webchatConfig } from './config.ts'
import { normalise } from './normalise.ts'
import { type ChatProvider, UnknownChatThread } from './provider.ts'

const capabilities: Capabilities = {
  formats: ['plain'],
  maxTextLength: chatLimits.text,
  maxAttachmentBytes: chatLimits.fileBytes,
  subject: false,
  replyToMessage: false,
  receipts: ['delivered', 'read'],
  typing: true,
  reply: 'same_channel',
  startConversation: 'after_customer_wrote',
  replyWindowHours: null,
  idempotentSend: true,
}

/** Site chat. Okno hosts the other side too: `provider` keeps the transcript that visitors read. */
export const createWebchat = (provider: ChatProvider): RegisteredAdapter =>
  defineAdapter<WebchatConfig>({
    kind: 'webchat',
    config: webchatConfig,
    open: (config, io) => ({
      capabilities,
      receive: { mode: 'hosted' },
      verify: async () => ({ ok: true, isProven: false, address: new URL(io.account.publicUrl).host }),
      normalise,
      send: async (message) => {
        refuseWhatDoesNotFit(message)
        try {
          // A visitor has one thread, so the address of the one is the id of the other.
          const threadId: string = message.thread ?? message.to
          await provider.append({
            accountId: io.account.id,
            threadId,
            messageId: message.id,
            authorName: message.fromName ?? null,
            text: message.text,
            files: message.files,
            unseenAfterSeconds: config.unseenAfterMinutes * 60,
          })
          return { id: message.id, thread: threadId }
        } catch (cause) {
          if (cause instanceof UnknownChatThread) {
            throw new ChannelError('This visitor has no chat here.', 'rejected', 'not_sent', { cause })
          }
          throw new ChannelError('The answer may not stand in the chat yet.', 'unreachable', 'unknown', { cause })
        }
      },
      download: async ({ ref }) => {
        if (ref === undefined) throw new ChannelError('The file has no pointer.', 'rejected', 'not_sent')
        return provider.readFile(io.account.id, ref)
      },
    }),
  })

function refuseWhatDoesNotFit({ text, files }: OutgoingMessage): void {
  const sizeBytes = files.reduce((sum, { content }) => sum + content.byteLength, 0)
  if (text.length > chatLimits.text) {
    throw new ChannelError(`A chat message has at most ${chatLimits.text} characters.`, 'rejected', 'not_sent')
  }
  if (sizeBytes > chatLimits.fileBytes) {
    throw new ChannelError(`Files have at most ${chatLimits.fileBytes} bytes together.`, 'rejected', 'not_sent')
  }
  if (text.trim() === '' && files.length === 0) {
    throw new ChannelError('The message is empty.', 'rejected', 'not_sent')
  }
}
