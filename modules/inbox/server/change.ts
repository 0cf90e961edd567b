import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { indexManyForSearch } from '#platform/server/search.queries'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import type { Happening, Line } from '../contract/index.ts'
import { announceChange } from './announce-change.ts'
import { saveConversations } from './conversation.queries.ts'
import { type ConversationState, withEvent } from './conversation.ts'
import { moveRead } from './desk.queries.ts'
import { insertMessages, type MessageRow } from './message.queries.ts'
import { messageDocument } from './search-documents.ts'
import type { Customers } from './uses.ts'

/** One conversation being changed by one use case: how it was, how it is by now, and what was said and happened on the way. */
export class Change {
  readonly before: ConversationState
  readonly actor: Actor
  readonly at: Date
  conversation: ConversationState
  readonly messages: MessageRow[] = []

  constructor(before: ConversationState, actor: Actor, at: Date) {
    this.before = before
    this.actor = actor
    this.at = at
    this.conversation = before
  }

  /** Writes a line into the thread: what happened, as a code for a translated sentence with its values. */
  event(code: Happening, params: Line['params'] = {}): void {
    this.conversation = withEvent(this.conversation)
    this.add({ direction: 'event', text: '', event: { code, params } })
  }

  /** Writes a line at a place that has become free. */
  addAt(seq: number, event: Line): void {
    this.add({ direction: 'event', text: '', event, seq })
  }

  /** Stores a message at the place that `this.conversation` has just made for it. */
  add(message: Pick<MessageRow, 'direction' | 'text'> & Partial<MessageRow>): string {
    const id = newId()
    this.messages.push({
      id,
      conversationId: this.conversation.id,
      seq: this.conversation.lastSeq,
      operatorId: this.actor.operatorId,
      fromName: this.actor.name,
      sentAt: this.at,
      createdAt: this.at,
      ...message,
    })
    return id
  }
}

/** What saving a change needs. */
export interface ChangeTools {
  readonly events: Platform['events']
  readonly customers: Pick<Customers, 'recordTimeline'>
  /** Looks for somebody for what waits, soon after the commit. */
  readonly routeSoon: (workspaceId: string) => void
}

/** Stores changes with everything that follows from them: search, timeline, events for screens, and new room for waiting work. */
export async function saveChanges(tx: Tx, tools: ChangeTools, changes: readonly Change[]): Promise<void> {
  const [first] = changes
  if (!first) return
  const messages = changes.flatMap((change) => change.messages)
  await saveConversations(
    tx,
    changes.map((change) => change.conversation),
    first.at,
  )
  await insertMessages(tx, messages)
  await indexManyForSearch(tx, messages.flatMap(messageDocument))
  await readByActors(tx, changes)
  for (const change of changes) {
    await recordOnCard(tx, tools.customers, change)
    await announceChange(tx, tools.events, { ...change, isNew: change.before.lastSeq === 0 })
  }
  if (changes.some(mayFreeOrNeedHands)) tx.afterCommit(() => tools.routeSoon(tx.workspaceId))
}

/** The timeline of the person: a conversation opened, closed, opened again. */
async function recordOnCard(tx: Tx, customers: ChangeTools['customers'], { before, conversation, actor, at }: Change) {
  const { id, personId, number, subject, reopenedCount } = conversation
  const by = actor.operatorId ? { operatorId: actor.operatorId, operatorName: actor.name } : {}
  const entry = { personId, at, object: 'conversation', objectId: id, data: { number, subject, ...by } }
  if (before.lastSeq === 0) {
    await customers.recordTimeline(tx, { ...entry, kind: 'inbox.conversation_opened', once: `opened ${id}` })
  }
  if (conversation.status === 'closed' && before.status !== 'closed') {
    const once = `closed ${id} ${reopenedCount}`
    await customers.recordTimeline(tx, { ...entry, kind: 'inbox.conversation_closed', once })
  }
  if (conversation.status !== 'closed' && before.status === 'closed') {
    const once = `reopened ${id} ${reopenedCount}`
    await customers.recordTimeline(tx, { ...entry, kind: 'inbox.conversation_reopened', once })
  }
}

/** An operator got room, or work waits for one. */
function mayFreeOrNeedHands({ before, conversation }: Change): boolean {
  const isInQueue = conversation.ownerId === null && conversation.waitingSince !== null
  const countedFor = (one: ConversationState) => (one.status === 'new' || one.status === 'open' ? one.ownerId : null)
  return isInQueue || (countedFor(before) !== null && countedFor(before) !== countedFor(conversation))
}

/** What somebody does is no news to themselves: who had read everything has read their own change too. */
async function readByActors(tx: Tx, changes: readonly Change[]): Promise<void> {
  for (const { actor, before, conversation } of changes) {
    if (!actor.operatorId) continue
    const place = { operatorId: actor.operatorId, conversationId: conversation.id }
    await moveRead(tx, { ...place, from: before.lastSeq, to: conversation.lastSeq })
  }
}
