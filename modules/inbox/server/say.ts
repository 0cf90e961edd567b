import type { Tx } from '#platform/server/database'
import type { StoredFile } from '#platform/server/files'
import { findFiles } from '#platform/server/files.queries'
import { Problem } from '#platform/shared/problems'
import type { NewReply } from '../contract/index.ts'
import { assertSendable } from './assert-sendable.ts'
import type { Change } from './change.ts'
import { opened, owned, waitSeconds, withAnswer } from './conversation.ts'
import { deleteDraftOf, markRead } from './desk.queries.ts'
import { insertAttachments } from './message.queries.ts'
import { safeHtml, wordsOf } from './reply-html.ts'
import type { Route } from './reply-route.ts'
import { findReferences } from './route.queries.ts'
import { storable } from './stored-json.ts'
import type { Channels } from './uses.ts'

/** What is said, by whatever route. */
export type Words = Pick<NewReply, 'text' | 'html' | 'files' | 'subject'>

/**
 * Puts words into the conversation and hands them to their channel: an answer, when somebody waits for one. The message's id.
 * @throws Problem `file.not_found`, those of `assertSendable`
 */
export async function say(
  tx: Tx,
  channels: Pick<Channels, 'enqueueDelivery'>,
  change: Change,
  { words, route, lastHeardAt }: { words: Words; route: Route; lastHeardAt: Date | null },
): Promise<string> {
  const { actor, at, before } = change
  const files = await filesOf(tx, words.files)
  const html = words.html !== undefined ? storable(safeHtml(words.html)) : undefined
  const text = storable(words.text.trim() === '' && html !== undefined ? wordsOf(html) : words.text)
  assertSendable({ text, files }, route.account, { lastHeardAt, now: at })

  takeOver(change)
  const answered = change.conversation
  change.conversation = withAnswer(answered, { at, text: text || files[0]?.name || '' })
  const given = words.subject === undefined ? answerSubject(before.subject) : storable(words.subject)
  const subject = route.account.capabilities.subject ? given : undefined
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
    waitSeconds: waitSeconds(before, actor.operatorId, at),
    isFirstAnswer: answered.firstAnsweredAt === null && change.conversation.firstAnsweredAt !== null,
  })
  const handed = {
    messageId,
    text,
    fileIds: words.files,
    ...(sentHtml === undefined ? {} : { html: sentHtml }),
    ...(subject === undefined ? {} : { subject }),
  }
  await hand(tx, channels, { conversationId: before.id, fromName: actor.name, route, words: handed })
  return messageId
}

/** @throws Problem `file.not_found` */
export async function filesOf(tx: Tx, ids: readonly string[]): Promise<StoredFile[]> {
  const files = await findFiles(tx, ids)
  if (files.length < new Set(ids).size) throw new Problem('file.not_found', 404, 'There is no such file.')
  return files
}

/** Who answers what was nobody's has it from now on, and what was closed is open again. */
function takeOver(change: Change): void {
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

/** Hands stored words to their channel, with what makes an answer to them come back into this conversation. */
export async function hand(
  tx: Tx,
  channels: Pick<Channels, 'enqueueDelivery'>,
  of: {
    conversationId: string
    fromName: string
    route: Route
    words: { messageId: string; text: string; html?: string; subject?: string; fileIds: readonly string[] }
  },
): Promise<void> {
  const { conversationId, fromName, route, words } = of
  const { references, inReplyTo } = await findReferences(tx, {
    conversationId,
    accountId: route.account.id,
    address: route.to,
  })
  await channels.enqueueDelivery(tx, {
    ...words,
    accountId: route.account.id,
    lane: conversationId,
    to: route.to,
    ...(route.toName ? { toName: route.toName } : {}),
    ...(route.thread ? { thread: route.thread } : {}),
    ...(inReplyTo ? { inReplyTo } : {}),
    references,
    fromName,
    replyToken: conversationId,
  })
}

/** Files of the words, and the writer's desk: their draft is gone, everything is read. After the message is stored. */
export async function afterSaying(
  tx: Tx,
  { actor, conversation }: Change,
  { messageId, text, fileIds }: { messageId: string; text: string; fileIds: readonly string[] },
): Promise<void> {
  await saveFiles(tx, messageId, fileIds)
  if (!actor.operatorId) return
  const place = { operatorId: actor.operatorId, conversationId: conversation.id }
  await deleteDraftOf(tx, place, storable(text))
  await markRead(tx, { ...place, seq: conversation.lastSeq })
}

export const saveFiles = (tx: Tx, messageId: string, fileIds: readonly string[]): Promise<void> =>
  insertAttachments(
    tx,
    fileIds.map((fileId, position) => ({ messageId, position, fileId, isInline: false, contentId: null })),
  )
