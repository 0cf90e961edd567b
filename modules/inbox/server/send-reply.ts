import { answerOnce } from '#platform/server/answer-once'
import type { Tx } from '#platform/server/database'
import type { StoredFile } from '#platform/server/files'
import { findFiles } from '#platform/server/files.queries'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { NewReply } from '../contract/index.ts'
import { assertSendable } from './assert-sendable.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { closed, opened, owned, waitSeconds, withAnswer } from './conversation.ts'
import { deleteDraft, markRead } from './desk.queries.ts'
import { insertAttachments } from './message.queries.ts'
import { safeHtml, wordsOf } from './reply-html.ts'
import { type Route, replyRoute } from './reply-route.ts'
import { countUnseen, findHeard, findReferences } from './route.queries.ts'
import type { Channels } from './uses.ts'
import { lockVisible } from './visible.queries.ts'

export interface SendReplyUses {
  readonly channels: Pick<Channels, 'accounts' | 'enqueueDelivery'>
  readonly tools: ChangeTools
}

/**
 * Stores an operator's answer and queues it for delivery, in one transaction; its fate comes later, by `recordDelivery`. The same
 * `idempotencyKey` sends once.
 *
 * @throws Problem `inbox.conversation_not_found`, `inbox.thread_moved` (409, with the number of unseen messages), those of
 * `replyRoute` and `assertSendable`
 */
export const sendReply =
  ({ transaction, now }: Platform, uses: SendReplyUses) =>
  (actor: Actor, conversationId: string, reply: NewReply, idempotencyKey?: string): Promise<{ messageId: string }> =>
    transaction(actor.workspaceId, (tx) =>
      answerOnce(tx, actor, { key: idempotencyKey, request: { conversationId, reply } }, async () => {
        const conversation = await lockVisible(tx, actor, conversationId)
        if (!conversation) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
        await assertUnmoved(tx, actor, conversationId, reply.seenSeq)
        const change = new Change(conversation, actor, now())
        const messageId = await say(tx, uses, change, reply)
        if (reply.after === 'close') {
          change.conversation = closed(change.conversation, actor.operatorId, change.at)
          change.event('closed')
        }
        await saveChanges(tx, uses.tools, [change])
        await afterSaying(tx, actor, change, { messageId, fileIds: reply.files })
        return { messageId }
      }),
    )

/** A reply to a thread that moved on unseen asks first. */
async function assertUnmoved(tx: Tx, actor: Actor, conversationId: string, seenSeq: number | undefined) {
  if (seenSeq === undefined) return
  const count = await countUnseen(tx, { conversationId, afterSeq: seenSeq, operatorId: actor.operatorId })
  if (count === 0) return
  throw new Problem('inbox.thread_moved', 409, 'Somebody wrote in this conversation meanwhile.', { params: { count } })
}

/** Puts the answer into the conversation and hands it to its channel. Its id. */
export async function say(tx: Tx, uses: SendReplyUses, change: Change, reply: NewReply): Promise<string> {
  const { actor, at, before } = change
  const heard = await findHeard(tx, before.id)
  const route = replyRoute(heard, await uses.channels.accounts(tx), reply.accountId)
  const files = await filesOf(tx, reply.files)
  const html = reply.html !== undefined ? safeHtml(reply.html) : undefined
  const text = reply.text.trim() === '' && html !== undefined ? wordsOf(html) : reply.text
  const lastHeardAt = heard.find((one) => one.accountId === route.account.id && one.direction === 'in')?.sentAt ?? null
  assertSendable({ text, files }, route.account, { lastHeardAt, now: at })

  takeOver(change)
  if (before.accountId && route.account.id !== before.accountId)
    change.event('channel_switched', { account: route.account.name })
  const answered = change.conversation
  change.conversation = withAnswer(answered, { at, text: text || files[0]?.name || '' })
  const subject = route.account.capabilities.subject ? (reply.subject ?? answerSubject(before.subject)) : undefined
  const sentHtml = route.account.capabilities.formats.includes('html') ? html : undefined
  const messageId = change.add({
    direction: 'out',
    text,
    html: sentHtml ?? null,
    subject: subject ?? null,
    accountId: route.account.id,
    fromAddress: route.account.address,
    address: route.to,
    thread: route.thread,
    delivery: 'queued',
    waitSeconds: waitSeconds(answered, actor.operatorId, at),
    isFirstAnswer: answered.firstAnsweredAt === null && change.conversation.firstAnsweredAt !== null,
  })
  await deliver(tx, uses, change, route, {
    messageId,
    text,
    fileIds: reply.files,
    ...(sentHtml === undefined ? {} : { html: sentHtml }),
    ...(subject === undefined ? {} : { subject }),
  })
  return messageId
}

async function filesOf(tx: Tx, ids: readonly string[]): Promise<StoredFile[]> {
  const files = await findFiles(tx, ids)
  if (files.length < new Set(ids).size) throw new Problem('file.not_found', 404, 'There is no such file.')
  return files
}

/** Who answers what was nobody's has it from now on, and what was closed is open again. */
export function takeOver(change: Change): void {
  const { actor, at } = change
  if (change.conversation.status === 'closed') {
    change.conversation = opened(change.conversation)
    change.event('reopened')
  }
  if (change.conversation.ownerId || !actor.operatorId) return
  const params = { operator: actor.name }
  change.conversation = owned(change.conversation, actor.operatorId, at, { code: 'taken', params })
  change.event('taken', params)
}

/** `Re:` once, however long the talk. */
const answerSubject = (subject: string) =>
  subject === '' || /^(re|отв|ответ)(\[\d+\])?:/i.test(subject) ? subject : `Re: ${subject}`

async function deliver(
  tx: Tx,
  { channels }: SendReplyUses,
  { before: { id }, actor }: Change,
  route: Route,
  message: { messageId: string; text: string; html?: string; subject?: string; fileIds: readonly string[] },
): Promise<void> {
  const { references, inReplyTo } = await findReferences(tx, {
    conversationId: id,
    accountId: route.account.id,
    address: route.to,
  })
  await channels.enqueueDelivery(tx, {
    ...message,
    accountId: route.account.id,
    lane: id,
    to: route.to,
    ...(route.toName ? { toName: route.toName } : {}),
    ...(route.thread ? { thread: route.thread } : {}),
    ...(inReplyTo ? { inReplyTo } : {}),
    references,
    fromName: actor.name,
    replyToken: id,
  })
}

async function afterSaying(tx: Tx, actor: Actor, change: Change, said: { messageId: string; fileIds: string[] }) {
  await insertAttachments(
    tx,
    said.fileIds.map((fileId, position) => ({
      messageId: said.messageId,
      position,
      fileId,
      isInline: false,
      contentId: null,
    })),
  )
  if (!actor.operatorId) return
  await deleteDraft(tx, { operatorId: actor.operatorId, conversationId: change.conversation.id })
  await markRead(tx, {
    operatorId: actor.operatorId,
    conversationId: change.conversation.id,
    seq: change.conversation.lastSeq,
  })
}
