import type { Tx } from '#platform/server/database'
import { findFiles } from '#platform/server/files.queries'
import type { Actor } from '#platform/shared/actor'
import type { Message } from '../contract/index.ts'
import { findAttachments, type ShownMessage } from './message.queries.ts'
import type { Channels } from './uses.ts'

const RESENDABLE: readonly (string | null)[] = ['failed', 'unknown']

/** Messages as they are shown, in the given order, with their files and what may be done with them. */
export async function presentMessages(
  tx: Tx,
  channels: Pick<Channels, 'accounts'>,
  actor: Actor,
  messages: readonly ShownMessage[],
): Promise<Message[]> {
  if (messages.length === 0) return []
  const accounts = await channels.accounts(tx, [...new Set(messages.flatMap(({ accountId }) => accountId ?? []))])
  const attachments = await findAttachments(
    tx,
    messages.map(({ id }) => id),
  )
  const files = new Map(
    (await findFiles(tx, [...new Set(attachments.map((one) => one.fileId))])).map((one) => [one.id, one]),
  )
  const filesOf = Map.groupBy(attachments, ({ messageId }) => messageId)

  return messages.map((one) => {
    const account = one.accountId ? accounts.get(one.accountId) : undefined
    return {
      id: one.id,
      conversationId: one.conversationId,
      seq: one.seq,
      direction: one.direction,
      channel: account?.kind ?? null,
      account: account ? { id: account.id, name: account.name } : null,
      from: {
        name: one.fromName ?? one.fromAddress ?? '',
        address: one.fromAddress,
        operatorId: one.operatorId,
        personId: one.personId,
      },
      to: one.direction === 'out' ? one.address : (account?.address ?? null),
      subject: one.subject,
      text: one.text,
      quoted: one.quoted,
      html: one.html,
      files: (filesOf.get(one.id) ?? []).flatMap(({ fileId, isInline, contentId }) => {
        const file = files.get(fileId)
        return file ? { ...file, isInline, contentId, url: `/api/v1/files/${fileId}` } : []
      }),
      automatic: one.automatic,
      context: one.context,
      event: one.event,
      sentAt: one.sentAt,
      editedAt: one.editedAt,
      isDeleted: one.deletedAt !== null,
      delivery: one.delivery
        ? { state: one.delivery, reason: one.deliveryReason, reasonCode: one.deliveryReasonCode }
        : null,
      can: { resend: RESENDABLE.includes(one.delivery) && actor.can('inbox.reply') },
    }
  })
}
