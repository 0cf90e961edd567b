import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { lockConversations } from './conversation.queries.ts'
import { unowned } from './conversation.ts'
import { findStaying } from './find-staying.ts'
import { findAtHand } from './routing.queries.ts'
import type { Access } from './uses.ts'

/**
 * Puts what an operator who left had at hand into the queue. What rests stays theirs, as a closed conversation does: it comes back to somebody who
 * is present when the customer writes or its snooze is over.
 */
export const releaseConversations =
  ({ now }: Pick<Platform, 'now'>, { access, tools }: { access: Pick<Access, 'actorOf'>; tools: ChangeTools }) =>
  async (tx: Tx, { operatorId }: { operatorId: string }): Promise<void> => {
    if (await findStaying(tx, access, operatorId)) return
    const actor = systemActor(tx.workspaceId)
    const held = await lockConversations(tx, await findAtHand(tx, operatorId))
    const changes = held
      .filter(({ ownerId, status }) => ownerId === operatorId && (status === 'new' || status === 'open'))
      .map((conversation) => {
        const change = new Change(conversation, actor, now())
        const why = { code: 'returned', params: { by: actor.name } } as const
        change.conversation = unowned(conversation, why, null)
        change.event(why.code, why.params)
        return change
      })
    await saveChanges(tx, tools, changes)
  }
