import type { ConversationPatch } from '#modules/inbox/contract'
import type { Actor } from '#platform/shared/actor'
import type { OperatorKey } from './cast.ts'
import type { Office } from './office.ts'
import type { Past } from './past.ts'
import { arrivalOf, isTakenByOwner } from './story.ts'
import type { DemoTalk } from './talk.ts'
import { momentOf, workdayAt } from './when.ts'

interface Stage {
  readonly past: Past
  readonly office: Office
  readonly now: Date
}

/** A conversation that has begun: its first line stands. */
export interface Begun {
  readonly talk: DemoTalk
  readonly thread: string
  readonly conversationId: string
}

const MINUTES_TO_HAND_OVER = 1
const MINUTES_TO_CLOSE = 4
/** A snoozed talk comes back at the beginning of this working day. */
const SNOOZED_WORKDAYS = 2

/** Tells the rest of a talk, line by line: answers, notes, the customer's words, how it was sorted and how it ended. */
export async function tell(stage: Stage, begun: Begun): Promise<void> {
  const { past, office, now } = stage
  const { talk, conversationId } = begun
  const change = (actor: Actor, minutes: number, patch: ConversationPatch) =>
    past.at(momentOf(talk, minutes, now), () => past.inbox.changeConversation(actor, conversationId, patch))

  const owner = talk.owner ? office.operators[talk.owner] : undefined
  const sorted = {
    ...(talk.tags ? { tags: [...talk.tags] } : {}),
    ...(talk.priority ? { priority: talk.priority } : {}),
  }
  const isHandedOver = owner !== undefined && !isTakenByOwner(talk)
  if (isHandedOver) await change(office.operators.anna, MINUTES_TO_HAND_OVER, { ...sorted, ownerId: owner.operatorId })

  for (let index = 1; index < talk.lines.length; index++) await say(stage, begun, index)

  const last = talk.lines.at(-1)?.[0] ?? 0
  const actor = owner ?? office.operators.anna
  const isSorted = isHandedOver || Object.keys(sorted).length === 0
  if (!isSorted) await change(actor, last, sorted)
  if (talk.end === 'closed') await change(actor, last + MINUTES_TO_CLOSE, { status: 'closed' })
  if (talk.end === 'snoozed') {
    const snoozedUntil = workdayAt(now, SNOOZED_WORKDAYS, '09:00')
    await change(actor, last + MINUTES_TO_CLOSE, { status: 'snoozed', snoozedUntil })
  }
}

async function say(
  { past, office, now }: Stage,
  { talk, thread, conversationId }: Begun,
  index: number,
): Promise<void> {
  const { inbox, tx } = past
  const [minutes, who, text] = talk.lines[index] ?? []
  if (minutes === undefined || who === undefined || text === undefined) return
  const at = momentOf(talk, minutes, now)
  if (who === 'customer') {
    const arrival = arrivalOf(office, talk, { now, index, thread, conversationId })
    return past.at(at, () => inbox.receiver.receiveAll(tx, [arrival]))
  }
  const [key, isNote] = who.split(' ') as [OperatorKey, 'note'?] // the two forms of Speaker
  const actor = office.operators[key]
  if (isNote) {
    await past.at(at, () => inbox.addNote(actor, conversationId, { text, files: [] }))
    return
  }
  const { id: accountId, kind } = office.accounts[talk.via]
  const { messageId } = await past.at(at, () => inbox.sendReply(actor, conversationId, { text, files: [] }))
  const state = kind === 'webchat' ? 'read' : 'sent'
  const providerId = `<${messageId}@demo.example>`
  const fate = { messageId, accountId, state, providerId, reason: null, reasonCode: null } as const
  await inbox.receiver.deliveriesChanged(tx, [fate])
}
