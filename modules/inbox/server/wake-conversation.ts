import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import { defineJob, enqueue, type JobContext } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { lockConversations } from './conversation.queries.ts'
import { goesOn, owed } from './conversation.ts'
import { normsOf } from './norms.ts'
import type { Access } from './uses.ts'

export const wakeJob = defineJob('inbox.wake-conversation', z.object({ conversationId: z.uuid() }))

/** Soonest next look at a snooze: the clocks of the job queue and of this process may differ by a moment. */
const LOOK_AGAIN_MS = 1000

/** Asks for the end of a snooze at its time; a later wish replaces an earlier one. */
export function wakeLater(tx: Tx, conversationId: string, until: Date): void {
  const runAt = new Date(Math.max(until.getTime(), Date.now() + LOOK_AGAIN_MS))
  enqueue(tx, wakeJob, { conversationId }, { runAt, key: `wake ${conversationId}` })
}

/**
 * Ends a snooze whose time has come: back to its owner when present, else to the queue. A conversation that woke before
 * stays as it is.
 */
export const wakeConversation =
  (
    { transaction, now }: Platform,
    { access, tools }: { access: Pick<Access, 'presentOperators' | 'businessWorkspace'>; tools: ChangeTools },
  ) =>
  ({ conversationId }: { conversationId: string }, { workspaceId }: Pick<JobContext, 'workspaceId'>): Promise<void> =>
    transaction(workspaceId, async (tx) => {
      const [conversation] = await lockConversations(tx, [conversationId])
      const at = now()
      if (!conversation?.snoozedUntil) return
      if (conversation.snoozedUntil > at) return wakeLater(tx, conversationId, conversation.snoozedUntil)
      const change = new Change(conversation, systemActor(workspaceId), at)
      const awake = owed(conversation, at, await normsOf(tx, access))
      change.conversation = goesOn(awake, await access.presentOperators(tx))
      change.event('woke')
      await saveChanges(tx, tools, [change])
    })
