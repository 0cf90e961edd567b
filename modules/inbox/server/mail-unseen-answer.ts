import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { mayBeWritten } from './assert-may-write.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { lockConversations } from './conversation.queries.ts'
import { withMessage } from './conversation.ts'
import { findSent, hasCopy } from './delivery.queries.ts'
import { findAttachments, findMessage } from './message.queries.ts'
import { accountToWriteFirst } from './reply-route.ts'
import { hand, saveFiles } from './say.ts'
import type { Channels, Customers } from './uses.ts'

/**
 * Sends an answer that the customer did not see in the chat to the e-mail they left, in the same conversation: what they answer by mail
 * comes back here. Once for each answer; without an account that may write first nothing happens, nor to somebody
 * whose data is restricted.
 */
export const mailUnseenAnswer =
  (
    { now }: Platform,
    {
      channels,
      customers,
      tools,
    }: {
      channels: Pick<Channels, 'accounts' | 'enqueueDelivery'>
      customers: Pick<Customers, 'summaries'>
      tools: ChangeTools
    },
  ) =>
  async (tx: Tx, { messageId, email }: { messageId: string; email: string }): Promise<void> => {
    const [sent] = await findSent(tx, [messageId])
    const [conversation] = sent ? await lockConversations(tx, [sent.conversationId]) : []
    const answer = await findMessage(tx, messageId)
    if (!conversation || !answer || (await hasCopy(tx, answer))) return
    if (!(await mayBeWritten(tx, customers, conversation.personId))) return
    const accounts = await channels.accounts(tx)
    const account = accountToWriteFirst(accounts, answer.accountId ? accounts.get(answer.accountId) : undefined)
    if (!account) return

    const change = new Change(conversation, systemActor(tx.workspaceId), now())
    change.event('sent_by_mail', { address: email })
    const { text, html, operatorId, fromName } = answer
    change.conversation = withMessage(change.conversation, { direction: 'out', text, at: change.at })
    const route = { account, to: email, toName: null, thread: null }
    const files = (await findAttachments(tx, [messageId])).map(({ fileId }) => fileId)
    const copy = change.add({
      direction: 'out',
      text,
      html,
      operatorId,
      fromName,
      accountId: account.id,
      fromAddress: account.address,
      address: email,
      delivery: 'queued',
      context: { copyOf: messageId },
    })
    await saveChanges(tx, tools, [change])
    await saveFiles(tx, copy, files)
    const subject = account.capabilities.subject ? { subject: conversation.subject || firstWords(text) } : {}
    const words = { messageId: copy, text, fileIds: files, ...(html ? { html } : {}), ...subject }
    await hand(tx, channels, { conversationId: conversation.id, fromName: fromName ?? '', route, words })
  }

/** A mail needs a subject: the beginning of its words, cut between two of them. */
const firstWords = (text: string) =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
    .replace(/\s\S*$/, '')
