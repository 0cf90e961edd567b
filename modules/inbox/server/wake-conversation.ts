import { z } from 'zod'
import { defineJob, type JobContext } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { lockConversations } from './conversation.queries.ts'
import { owed, unowned } from './conversation.ts'
import { normsOf } from './norms.ts'
import type { Access } from './uses.ts'

export const wakeJob = defineJob('inbox.wake-conversation', z.object({ conversationId: z.uuid() }))

/**
 * Ends a snooze whose time has come: back to its owner when present, else to the queue. A conversation that woke before, or was
 * snoozed again for longer, stays as it is.
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
      if (!conversation?.snoozedUntil || conversation.snoozedUntil > at) return
      const change = new Change(conversation, systemActor(workspaceId), at)
      change.conversation = owed(conversation, at, await normsOf(tx, access))
      change.event('woke')
      const isPresent = (await access.presentOperators(tx)).some(({ id }) => id === conversation.ownerId)
      if (!isPresent) change.conversation = unowned(change.conversation, { code: 'queued', params: {} })
      await saveChanges(tx, tools, [change])
    })
