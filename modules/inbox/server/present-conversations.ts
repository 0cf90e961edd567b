import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import type { Conversation } from '../contract/index.ts'
import type { ConversationState } from './conversation.ts'
import { findReads } from './desk.queries.ts'
import type { ReadUses } from './uses.ts'

/** Conversations as their reader sees them, in the given order: names beside ids, what is unread, what may be done. */
export async function presentConversations(
  tx: Tx,
  uses: ReadUses,
  actor: Actor,
  conversations: readonly ConversationState[],
): Promise<Conversation[]> {
  if (conversations.length === 0) return []
  const idsOf = (key: 'personId' | 'ownerId' | 'teamId' | 'accountId') => [
    ...new Set(conversations.flatMap((one) => one[key] ?? [])),
  ]
  const people = await uses.customers.summaries(tx, idsOf('personId'))
  const operators = await uses.access.operatorNames(tx, idsOf('ownerId'))
  const teams = await uses.access.teamNames(tx, idsOf('teamId'))
  const accounts = await uses.channels.accounts(tx, idsOf('accountId'))
  const ids = conversations.map(({ id }) => id)
  const reads = actor.operatorId ? await findReads(tx, actor.operatorId, ids) : new Map<string, number>()
  const isFilled = conversations.some(({ custom }) => custom && Object.keys(custom).length > 0)
  const ask = isFilled ? await uses.objects.questions(tx, actor) : undefined
  const can = { reply: actor.can('inbox.reply'), assign: actor.can('inbox.assign') }

  return conversations.map((one) => {
    const account = one.accountId ? accounts.get(one.accountId) : undefined
    return {
      id: one.id,
      number: one.number,
      // Whose card it is now: theirs may have been joined to another.
      person: { id: people.get(one.personId)?.id ?? one.personId, name: people.get(one.personId)?.name ?? '' },
      account: account ? { id: account.id, name: account.name, kind: account.kind } : null,
      subject: one.subject,
      status: one.status,
      priority: one.priority,
      owner: named(one.ownerId, operators),
      team: named(one.teamId, teams),
      tags: [...one.tags],
      lastSeq: one.lastSeq,
      lastMessageAt: one.lastMessageAt,
      lastText: one.lastText,
      lastDirection: one.lastDirection,
      waitingSince: one.waitingSince,
      dueAt: one.dueAt,
      limitAt: one.limitAt,
      firstAnswerSeconds: one.firstAnswerSeconds,
      snoozedUntil: one.snoozedUntil,
      closedAt: one.closedAt,
      routing: one.routing,
      // What a colleague answers is no news that asks for me.
      unread: isForActor(one, actor) ? Math.max(0, one.lastSeq - (reads.get(one.id) ?? 0)) : 0,
      custom: ask?.readable('conversation', one.custom ?? {}) ?? {},
      createdAt: one.createdAt,
      can,
    }
  })
}

const isForActor = ({ ownerId, closedAt }: ConversationState, actor: Actor) =>
  closedAt === null && (ownerId === null || ownerId === actor.operatorId)

const named = (id: string | null, names: ReadonlyMap<string, { id: string; name: string }>) => {
  const known = id === null ? undefined : names.get(id)
  return known ? { id: known.id, name: known.name } : null
}
