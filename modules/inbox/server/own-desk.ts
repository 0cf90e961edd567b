import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { Draft, OwnDay, ViewCounts } from '../contract/index.ts'
import { deleteDraft, findDraft, markRead, type Place, saveDraft } from './desk.queries.ts'
import { countViews } from './list.queries.ts'
import { findOwnDay } from './own-day.queries.ts'
import { storable } from './stored-json.ts'
import type { Access } from './uses.ts'
import { findVisible } from './visible.queries.ts'

/** What belongs to one operator alone: how far they read, what they began to write, their queues and their day. */
export const ownDesk = ({ transaction, now }: Platform, access: Pick<Access, 'businessWorkspace'>) => ({
  /** Remembers how far the operator has read, at most to the last message. @throws Problem `inbox.conversation_not_found` */
  read: (actor: Actor, conversationId: string, seq: number): Promise<void> =>
    transaction(actor.workspaceId, async (tx) => {
      const { lastSeq, ...place } = await placeOf(tx, actor, conversationId)
      await markRead(tx, { ...place, seq: Math.min(seq, lastSeq) })
    }),

  draft: (actor: Actor, conversationId: string): Promise<Draft | null> =>
    transaction(
      actor.workspaceId,
      async (tx) => (await findDraft(tx, await placeOf(tx, actor, conversationId))) ?? null,
    ),

  keepDraft: (actor: Actor, conversationId: string, draft: Draft): Promise<void> =>
    transaction(actor.workspaceId, async (tx) =>
      saveDraft(tx, await placeOf(tx, actor, conversationId), { ...draft, text: storable(draft.text) }),
    ),

  dropDraft: (actor: Actor, conversationId: string): Promise<void> =>
    transaction(actor.workspaceId, async (tx) => deleteDraft(tx, await placeOf(tx, actor, conversationId))),

  /** Lengths of the views, with the oldest waiting of each. */
  counts: (actor: Actor): Promise<ViewCounts> =>
    transaction(actor.workspaceId, (tx) => countViews(tx, { actor, now: now() })),

  /** The day begins at midnight of the workspace. */
  ownDay: (actor: Actor): Promise<OwnDay> =>
    transaction(actor.workspaceId, async (tx) => {
      const { timeZone } = await access.businessWorkspace(tx)
      const today = Temporal.Instant.fromEpochMilliseconds(now().getTime()).toZonedDateTimeISO(timeZone).startOfDay()
      return findOwnDay(tx, operatorOf(actor), new Date(today.epochMilliseconds))
    }),
})
export type OwnDesk = ReturnType<typeof ownDesk>

async function placeOf(tx: Tx, actor: Actor, conversationId: string): Promise<Place & { lastSeq: number }> {
  const conversation = await findVisible(tx, actor, conversationId)
  if (!conversation) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
  return { operatorId: operatorOf(actor), conversationId, lastSeq: conversation.lastSeq }
}

function operatorOf({ operatorId }: Actor): string {
  if (!operatorId) throw new Error('Okno itself has no desk.')
  return operatorId
}
