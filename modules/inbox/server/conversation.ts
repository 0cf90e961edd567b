import type { CustomValues } from '#modules/objects/contract'
import type { Line, Priority, Status } from '../contract/index.ts'
import { addBusinessMinutes, type BusinessHours } from './due-time.ts'
import type { Direction } from './tables.ts'

/** A conversation as the rules see it: what is stored, nothing derived. */
export interface ConversationState {
  readonly id: string
  readonly number: number
  readonly personId: string
  readonly accountId: string | null
  readonly subject: string
  readonly status: Status
  readonly priority: Priority
  readonly ownerId: string | null
  readonly teamId: string | null
  readonly tags: readonly string[]
  readonly lastSeq: number
  readonly lastMessageAt: Date
  readonly lastText: string
  readonly lastDirection: Direction
  readonly lastIncomingAt: Date | null
  readonly waitingSince: Date | null
  readonly dueAt: Date | null
  readonly limitAt: Date | null
  readonly firstIncomingAt: Date | null
  readonly firstAnsweredAt: Date | null
  readonly firstAnswerSeconds: number | null
  readonly firstAnswerInTime: boolean | null
  readonly assignedAt: Date | null
  readonly preferredOwnerId: string | null
  readonly snoozedUntil: Date | null
  readonly closedAt: Date | null
  readonly closedBy: string | null
  readonly reopenedCount: number
  readonly routing: Line | null
  /** Values of the company's own fields; null as good as none. */
  readonly custom: CustomValues | null
  readonly createdAt: Date
}

/** Promises of the workspace, in minutes: of business hours for the answers, of the calendar for the limit. */
export interface Norms {
  readonly firstAnswerMinutes: number
  readonly nextAnswerMinutes: number
  readonly limitMinutes: number
  readonly reopenDays: number
  readonly businessHours: BusinessHours
  readonly timeZone: string
}

const MINUTE_MS = 60_000
/** Letters of the last words that a row of the queue shows. */
const PREVIEW_LENGTH = 200

/** A conversation that nobody has written in yet. */
export const newConversation = (
  start: Pick<ConversationState, 'id' | 'personId' | 'accountId' | 'teamId' | 'subject'> & { at: Date },
): ConversationState => ({
  id: start.id,
  number: 0,
  personId: start.personId,
  accountId: start.accountId,
  subject: start.subject,
  status: 'new',
  priority: 'normal',
  ownerId: null,
  teamId: start.teamId,
  tags: [],
  lastSeq: 0,
  lastMessageAt: start.at,
  lastText: '',
  lastDirection: 'in',
  lastIncomingAt: null,
  waitingSince: null,
  dueAt: null,
  limitAt: null,
  firstIncomingAt: null,
  firstAnsweredAt: null,
  firstAnswerSeconds: null,
  firstAnswerInTime: null,
  assignedAt: null,
  preferredOwnerId: null,
  snoozedUntil: null,
  closedAt: null,
  closedBy: null,
  reopenedCount: 0,
  routing: null,
  custom: {},
  createdAt: start.at,
})

export interface Utterance {
  readonly direction: 'in' | 'out' | 'note'
  readonly text: string
  /** When it was said; a late arrival may be older than the last one. */
  readonly at: Date
}

/** The next message stands at the end; the last words do not go back in time. */
export function withMessage(conversation: ConversationState, { direction, text, at }: Utterance): ConversationState {
  const lastSeq = conversation.lastSeq + 1
  if (conversation.lastText !== '' && at < conversation.lastMessageAt) return { ...conversation, lastSeq }
  return { ...conversation, lastSeq, lastMessageAt: at, lastText: preview(text), lastDirection: direction }
}

/**
 * A message of the customer's turned out to be somebody else's: its place stays, the last words and the wait are those of what remains. Whoever
 * still waits was promised an answer by the older message's norm, which is kept; where nobody does after our answer, we wait for the customer.
 */
export const withoutMessage = (
  conversation: ConversationState,
  { last, waitingSince }: { last: Utterance | null; waitingSince: Date | null },
): ConversationState => ({
  ...conversation,
  ...(last ? { lastMessageAt: last.at, lastText: preview(last.text), lastDirection: last.direction } : {}),
  ...(conversation.waitingSince === null ? {} : waitingSince === null ? nobodyWaits : { waitingSince }),
  ...(conversation.waitingSince !== null && waitingSince === null && last?.direction === 'out' ? weWait : {}),
})

/** Something happened with the conversation: it takes a place in the thread and changes no last words. */
export const withEvent = (conversation: ConversationState): ConversationState => ({
  ...conversation,
  lastSeq: conversation.lastSeq + 1,
})

/**
 * The customer wrote and waits for us since `receivedAt`, unless they waited already. What rested comes back to its owner when
 * that one is present, else to the queue. `promisedAt` = the moment the customer chose (callback), before any norm.
 */
export function withRequest(
  conversation: ConversationState,
  request: { at: Date; receivedAt: Date; text: string; accountId: string; promisedAt?: Date | undefined },
  norms: Norms,
): ConversationState {
  const { receivedAt, promisedAt } = request
  const isFirst = conversation.firstIncomingAt === null
  const minutes = conversation.firstAnsweredAt ? norms.nextAnswerMinutes : norms.firstAnswerMinutes
  const dueAt = promisedAt ?? conversation.dueAt ?? addBusinessMinutes(receivedAt, minutes, norms)
  const limitAt = conversation.limitAt ?? minutesAfter(receivedAt, norms.limitMinutes)
  return {
    ...withMessage(conversation, { direction: 'in', text: request.text, at: request.at }),
    status: conversation.status === 'new' ? 'new' : 'open',
    // Opened by the mail of a machine, and now somebody does write.
    priority: isFirst && conversation.priority === 'low' ? 'normal' : conversation.priority,
    accountId: request.accountId,
    lastIncomingAt: receivedAt,
    firstIncomingAt: conversation.firstIncomingAt ?? receivedAt,
    waitingSince: conversation.waitingSince ?? receivedAt,
    dueAt,
    limitAt: later(limitAt, dueAt),
    snoozedUntil: null,
    closedAt: null,
    closedBy: null,
    reopenedCount: conversation.reopenedCount + (conversation.status === 'closed' ? 1 : 0),
  }
}

/** Somebody answered: nobody waits for us any more. An answer older than the request it would end does not end it. */
export function withAnswer(conversation: ConversationState, answer: { at: Date; text: string }): ConversationState {
  const { at, text } = answer
  const said = withMessage(conversation, { direction: 'out', text, at })
  if (conversation.waitingSince && at < conversation.waitingSince) return said
  const isFirst = conversation.firstAnsweredAt === null && conversation.firstIncomingAt !== null
  return {
    ...said,
    status: conversation.status === 'closed' ? 'closed' : 'waiting',
    snoozedUntil: null,
    ...nobodyWaits,
    ...(isFirst && conversation.firstIncomingAt
      ? {
          firstAnsweredAt: at,
          firstAnswerSeconds: secondsBetween(conversation.firstIncomingAt, at),
          firstAnswerInTime: conversation.dueAt === null || at <= conversation.dueAt,
        }
      : {}),
  }
}

/** Seconds that the customer waited for an answer by `operatorId`; null when nobody waited. Time before it was theirs is not counted. */
export function waitSeconds(conversation: ConversationState, operatorId: string | null, at: Date): number | null {
  const { waitingSince, assignedAt, ownerId } = conversation
  if (!waitingSince) return null
  const isLater = ownerId === operatorId && assignedAt !== null && assignedAt > waitingSince
  return secondsBetween(isLater ? assignedAt : waitingSince, at)
}

const weWait = { status: 'waiting' } as const
const nobodyWaits = { waitingSince: null, dueAt: null, limitAt: null } as const

export const closed = (conversation: ConversationState, by: string | null, at: Date): ConversationState => ({
  ...conversation,
  ...nobodyWaits,
  status: 'closed',
  closedAt: at,
  closedBy: by,
  snoozedUntil: null,
})

/** Set aside until a moment: the customer's wait is stopped on purpose, and the decision is recorded. */
export const snoozed = (conversation: ConversationState, until: Date): ConversationState => ({
  ...live(conversation),
  ...nobodyWaits,
  status: 'snoozed',
  snoozedUntil: until,
})

/** Back to work by hand: nobody is known to wait for us. */
export const opened = (conversation: ConversationState): ConversationState => ({
  ...live(conversation),
  status: 'open',
})

/** Neither closed nor snoozed. What was closed is counted as reopened, whatever it becomes. */
const live = (conversation: ConversationState): ConversationState => ({
  ...conversation,
  snoozedUntil: null,
  closedAt: null,
  closedBy: null,
  reopenedCount: conversation.reopenedCount + (conversation.status === 'closed' ? 1 : 0),
})

/** The wait that a change of status ends, and what else of it is lost; read before, it is what putting the status back needs. */
export interface Wait
  extends Pick<ConversationState, 'status' | 'waitingSince' | 'dueAt' | 'limitAt' | 'snoozedUntil' | 'lastMessageAt'> {}

/**
 * Back to the status of before, with the wait that the change had ended: who waited then has waited all the time. Nobody does when it was
 * answered since, and a snooze whose time has come is over.
 */
export function restored(conversation: ConversationState, wait: Wait, at: Date): ConversationState {
  const isAnswered = conversation.lastDirection === 'out' && conversation.lastMessageAt > wait.lastMessageAt
  const back = { ...opened(conversation), ...(isAnswered ? nobodyWaits : waitOf(wait)) }
  if (wait.status === 'snoozed' && wait.snoozedUntil && wait.snoozedUntil > at)
    return { ...back, status: 'snoozed', snoozedUntil: wait.snoozedUntil }
  return { ...back, status: wait.status === 'new' && conversation.ownerId === null ? 'new' : 'open' }
}

const waitOf = ({ waitingSince, dueAt, limitAt }: Wait) => ({ waitingSince, dueAt, limitAt })

/** We owe an answer again, from now on and by the norm: a snooze is over, or our answer did not arrive. */
export const owed = (conversation: ConversationState, at: Date, norms: Norms): ConversationState => ({
  ...opened(conversation),
  waitingSince: conversation.waitingSince ?? at,
  dueAt: conversation.dueAt ?? addBusinessMinutes(at, norms.nextAnswerMinutes, norms),
  limitAt: conversation.limitAt ?? minutesAfter(at, norms.limitMinutes),
})

/** We wait for the customer. */
export const waiting = (conversation: ConversationState): ConversationState => ({
  ...live(conversation),
  ...nobodyWaits,
  status: 'waiting',
})

/** Gives it to an operator; `why` is the one line that explains it. */
export const owned = (conversation: ConversationState, ownerId: string, at: Date, why: Line): ConversationState => ({
  ...conversation,
  ownerId,
  status: conversation.status === 'new' ? 'open' : conversation.status,
  assignedAt: at,
  preferredOwnerId: null,
  routing: why,
})

/** Puts it into the queue. Who had it, or was to have it, gets it when present, unless somebody else comes before (`preferred`). */
export const unowned = (
  conversation: ConversationState,
  why: Line | null,
  preferred: string | null = conversation.ownerId ?? conversation.preferredOwnerId,
): ConversationState => ({
  ...conversation,
  ownerId: null,
  assignedAt: null,
  preferredOwnerId: preferred,
  routing: why,
})

/** What rested goes on with its owner while that one is present, else in the queue. */
export const goesOn = (
  conversation: ConversationState,
  present: readonly { readonly id: string }[],
): ConversationState =>
  present.some(({ id }) => id === conversation.ownerId)
    ? conversation
    : unowned(conversation, { code: 'queued', params: {} })

/** The beginning of words, as a row of the queue shows it. */
export const preview = (text: string) => text.replaceAll(/\s+/g, ' ').trim().slice(0, PREVIEW_LENGTH).toWellFormed()
const minutesAfter = (from: Date, minutes: number) => new Date(from.getTime() + minutes * MINUTE_MS)
const later = (a: Date, b: Date) => new Date(Math.max(a.getTime(), b.getTime()))
const secondsBetween = (from: Date, to: Date) => Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000))
