import type { Actor } from '#platform/shared/actor'
import type { OperatorKey } from './cast.ts'
import type { Office } from './office.ts'
import type { Past } from './past.ts'
import { arrivalOf, isTakenByOwner } from './story.ts'
import type { DemoTalk, Line } from './talk.ts'
import { minutesAfter, startOf, workdayAt } from './when.ts'

interface Stage {
  readonly past: Past
  readonly office: Office
  readonly now: Date
}

/** A conversation that has begun: its first line stands. */
export interface Begun {
  readonly talk: DemoTalk
  readonly conversationId: string
}

const MINUTES_TO_HAND_OVER = 1
const MINUTES_TO_CLOSE = 4
/** A snoozed talk comes back at the beginning of this working day. */
const SNOOZED_WORKDAYS = 2

/** Tells the rest of a talk, line by line: answers, notes, the customer's words, how it was sorted and how it ended. */
export async function tell(stage: Stage, { talk, conversationId }: Begun): Promise<void> {
  const { past, office, now } = stage
  const { inbox } = past
  const start = startOf(talk, now)
  // What would lie ahead happens just now.
  const moment = (minutes: number) => new Date(Math.min(minutesAfter(start, minutes).getTime(), now.getTime()))
  const change = (actor: Actor, minutes: number, patch: Parameters<typeof inbox.changeConversation>[2]) =>
    past.at(moment(minutes), () => inbox.changeConversation(actor, conversationId, patch))

  const owner = talk.owner ? office.operators[talk.owner] : undefined
  const sorted = {
    ...(talk.tags ? { tags: [...talk.tags] } : {}),
    ...(talk.priority ? { priority: talk.priority } : {}),
  }
  const isHandedOver = owner !== undefined && !isTakenByOwner(talk)
  if (isHandedOver) await change(office.operators.anna, MINUTES_TO_HAND_OVER, { ...sorted, ownerId: owner.operatorId })

  for (const [index, line] of talk.lines.entries()) {
    if (index > 0) await say(stage, { talk, conversationId }, { line, index, at: moment(line[0]) })
  }

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
  { past, office }: Stage,
  { talk, conversationId }: Begun,
  { line: [, who, text], index, at }: { line: Line; index: number; at: Date },
): Promise<void> {
  const { inbox, tx } = past
  if (who === 'customer') {
    const arrival = arrivalOf(office, talk, { text, at, index })
    return past.at(at, () => inbox.receiver.receiveAll(tx, [arrival]))
  }
  const [key, isNote] = who.split(' ') as [OperatorKey, 'note'?] // the two forms of Speaker
  const actor = office.operators[key]
  if (isNote) {
    await past.at(at, () => inbox.addNote(actor, conversationId, { text, files: [] }))
    return
  }
  const account = office.accounts[talk.via]
  const { messageId } = await past.at(at, () => inbox.sendReply(actor, conversationId, { text, files: [] }))
  await inbox.receiver.deliveryChanged(tx, {
    messageId,
    accountId: account.id,
    state: account.kind === 'webchat' ? 'read' : 'sent',
    providerId: `<${messageId}@demo.example>`,
    reason: null,
    reasonCode: null,
  })
}
