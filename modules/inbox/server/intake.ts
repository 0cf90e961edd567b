import { newId } from '#platform/shared/ids'
import {
  type ConversationState,
  type Norms,
  newConversation,
  unowned,
  withAnswer,
  withEvent,
  withMessage,
  withRequest,
} from './conversation.ts'
import type { AttachmentRow, MessageRow } from './message.queries.ts'
import { callbackTime, otherSide, ownThreads, tokenOf, withInlineImages } from './message-content.ts'
import { storable } from './stored-json.ts'
import type { ThreadRow } from './thread.queries.ts'
import type { Arrival, MessageFact } from './uses.ts'
import { whichConversation } from './which-conversation.ts'

/** One message on its way into a conversation. */
export interface Incoming {
  readonly fact: MessageFact
  readonly account: Arrival['account']
  readonly arrivalId: string
  readonly receivedAt: Date
}

/** The customer on the other side of a message. */
export interface Somebody {
  readonly personId: string
  readonly name: string
  readonly ownerId: string | null
}

/** What was known before these messages. */
export interface Known {
  /** Conversations by id, locked. */
  readonly conversations: Map<string, ConversationState>
  /** Conversation ids by `threadName`. */
  readonly threads: Map<string, string>
  readonly norms: Norms
  readonly isPresent: (operatorId: string) => boolean
}

const QUEUED = { code: 'queued', params: {} } as const

export const threadName = ({ accountId, thread, participant }: ThreadRow) => `${accountId} ${participant} ${thread}`

/**
 * Takes messages one after another and remembers what has to be stored: pure but for the ids it makes, so that many messages
 * cost as few statements as one.
 */
export function createIntake(known: Known) {
  const { conversations, threads, norms } = known
  /** Conversations as they were before the first of these messages. */
  const former = new Map<string, ConversationState>()
  const started = new Map<string, Incoming & { somebody: Somebody }>()
  const reopened = new Set<string>()
  const messages: MessageRow[] = []
  const attachments: AttachmentRow[] = []
  const places: (ThreadRow & { conversationId: string })[] = []

  /** Conversations under which the threads of this message are known, the surest first. */
  function candidates({ fact, account }: Incoming): ConversationState[] {
    const participant = otherSide(fact)
    const ids = [
      tokenOf(fact),
      ...ownThreads(fact).map((thread) => threads.get(threadName({ accountId: account.id, thread, participant }))),
    ]
    return [...new Set(ids)].flatMap((id) => (id ? (conversations.get(id) ?? []) : []))
  }

  function start(incoming: Incoming, somebody: Somebody): ConversationState {
    const { fact, account, receivedAt } = incoming
    const conversation = newConversation({
      id: newId(),
      personId: somebody.personId,
      accountId: account.id,
      teamId: account.teamId,
      subject: storable(fact.subject ?? '').slice(0, 300),
      at: receivedAt,
    })
    started.set(conversation.id, { ...incoming, somebody })
    const machine = { priority: 'low', routing: { code: 'automatic', params: {} } } as const
    return fact.automatic
      ? { ...conversation, ...machine }
      : { ...conversation, preferredOwnerId: somebody.ownerId, routing: QUEUED }
  }

  function remember(incoming: Incoming, conversationId: string, isStart: boolean) {
    const { fact, account } = incoming
    const participant = otherSide(fact)
    for (const thread of ownThreads(fact)) {
      const name = threadName({ accountId: account.id, thread, participant })
      // A thread that is known elsewhere stays there, unless what it led to is history and the talk starts anew.
      if (threads.has(name) && !isStart) continue
      threads.set(name, conversationId)
      places.push({ accountId: account.id, thread, participant, conversationId })
    }
  }

  function put(message: Omit<MessageRow, 'id' | 'createdAt'>, createdAt: Date): string {
    const id = newId()
    messages.push({ id, createdAt, ...message })
    return id
  }

  function take(incoming: Incoming, somebody: Somebody): void {
    const { fact, account, arrivalId, receivedAt } = incoming
    const wakes = fact.direction === 'in' && !fact.automatic
    const choice = whichConversation({
      known: candidates(incoming),
      wakes,
      at: receivedAt,
      reopenDays: norms.reopenDays,
    })
    const before = choice.do === 'start' ? start(incoming, somebody) : choice.conversation
    let conversation = before
    if (choice.do === 'reopen') {
      conversation = withEvent(conversation)
      reopened.add(conversation.id)
      put(
        {
          conversationId: conversation.id,
          seq: conversation.lastSeq,
          direction: 'event',
          text: '',
          event: { code: 'reopened_by_customer', params: {} },
          sentAt: receivedAt,
        },
        receivedAt,
      )
    }
    conversation = afterMessage(conversation, incoming, somebody, known)
    conversations.set(conversation.id, conversation)
    if (!former.has(conversation.id)) former.set(conversation.id, before)
    remember(incoming, conversation.id, choice.do === 'start')

    const messageId = put(
      {
        conversationId: conversation.id,
        seq: conversation.lastSeq,
        direction: fact.direction,
        accountId: account.id,
        personId: fact.direction === 'in' ? somebody.personId : null,
        fromName: fact.from.name ?? (fact.direction === 'in' ? somebody.name : null),
        fromAddress: fact.from.address,
        thread: ownThreads(fact)[0] ?? null,
        address: fact.direction === 'in' ? fact.from.address : (fact.to[0]?.address ?? null),
        subject: fact.subject ?? null,
        text: fact.text,
        quoted: fact.quoted ?? null,
        html: fact.html ? withInlineImages(fact.html, fact.files) : null,
        providerId: fact.id,
        inReplyTo: fact.inReplyTo ?? null,
        automatic: fact.automatic ?? null,
        context: fact.context ?? {},
        delivery: fact.direction === 'out' ? 'sent' : null,
        arrivalId,
        email: fact.from.identities.find(({ kind }) => kind === 'email')?.value ?? null,
        isFirstAnswer: before.firstAnsweredAt === null && conversation.firstAnsweredAt !== null,
        sentAt: fact.sentAt,
      },
      receivedAt,
    )
    for (const [position, { fileId, inline, contentId }] of fact.files.entries()) {
      attachments.push({ messageId, position, fileId, isInline: inline, contentId: contentId ?? null })
    }
  }

  return { take, conversations, former, started, reopened, messages, attachments, places }
}
export type Intake = ReturnType<typeof createIntake>

/** What a message does to its conversation: a request waits for an answer, an answer ends the wait, the words of a machine only stand there. */
function afterMessage(
  conversation: ConversationState,
  { fact, account, receivedAt }: Incoming,
  somebody: Somebody,
  { norms, isPresent }: Known,
): ConversationState {
  const at = fact.sentAt < receivedAt ? fact.sentAt : receivedAt
  const text = fact.text || fact.files[0]?.name || fact.subject || ''
  if (fact.direction === 'out') return withAnswer(conversation, { at, text })
  if (fact.automatic) return withMessage(conversation, { direction: 'in', text, at })
  const request = { at, receivedAt, text, accountId: account.id, promisedAt: callbackTime(fact.context, receivedAt) }
  const asked = withRequest(conversation, request, norms)
  return comesBackToQueue(conversation, isPresent)
    ? unowned(asked, QUEUED, somebody.ownerId ?? conversation.ownerId)
    : asked
}

/** A talk under way stays with its owner while that one is present. What was closed is given out anew, its former owner first. */
function comesBackToQueue({ status, ownerId }: ConversationState, isPresent: (operatorId: string) => boolean): boolean {
  if (!ownerId || status === 'new' || status === 'open') return false
  return status === 'closed' || !isPresent(ownerId)
}
