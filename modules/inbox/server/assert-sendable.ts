import type { StoredFile } from '#platform/server/files'
import { Problem } from '#platform/shared/problems'
import type { ChannelAccount } from './uses.ts'

const HOUR_MS = 3_600_000

/**
 * Refuses what the channel would not take, before anything is stored.
 * @param lastHeardAt when the customer last wrote by this account
 * @throws Problem `inbox.reply_empty`, `inbox.reply_too_long`, `inbox.files_not_taken`, `inbox.files_too_large` (422),
 * `inbox.window_closed` (409)
 */
export function assertSendable(
  reply: { text: string; files: readonly StoredFile[] },
  { capabilities, name }: ChannelAccount,
  { lastHeardAt, now }: { lastHeardAt: Date | null; now: Date },
): void {
  const { maxTextLength, maxAttachmentBytes, replyWindowHours } = capabilities
  if (reply.text.trim() === '' && reply.files.length === 0)
    throw new Problem('inbox.reply_empty', 422, 'An answer needs words or a file.')
  if (maxTextLength !== null && reply.text.length > maxTextLength)
    throw new Problem('inbox.reply_too_long', 422, 'The channel does not take a text of this length.', {
      params: { max: maxTextLength, length: reply.text.length },
    })
  const bytes = reply.files.reduce((sum, file) => sum + file.sizeBytes, 0)
  if (bytes > 0 && maxAttachmentBytes === 0)
    throw new Problem('inbox.files_not_taken', 422, 'The channel takes no files.', { params: { account: name } })
  if (bytes > maxAttachmentBytes)
    throw new Problem('inbox.files_too_large', 422, 'The files are larger than the channel takes.', {
      params: { maxBytes: maxAttachmentBytes, bytes },
    })
  if (replyWindowHours === null) return
  const isOpen = lastHeardAt !== null && now.getTime() - lastHeardAt.getTime() <= replyWindowHours * HOUR_MS
  if (!isOpen)
    throw new Problem(
      'inbox.window_closed',
      409,
      'The channel takes free text only for a while after the customer wrote.',
      {
        params: { hours: replyWindowHours },
      },
    )
}
