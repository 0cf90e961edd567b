import { once } from '#platform/server/idempotency'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { NewNote } from '../contract/index.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { withEvent } from './conversation.ts'
import { afterSaying, filesOf } from './say.ts'
import { lockVisible } from './visible.queries.ts'

/**
 * Stores words for colleagues, which are never sent and end nobody's wait. The same `idempotencyKey` stores once.
 * @throws Problem `inbox.conversation_not_found`, `file.not_found`
 */
export const addNote =
  ({ transaction, now }: Platform, tools: ChangeTools) =>
  (actor: Actor, conversationId: string, note: NewNote, idempotencyKey?: string): Promise<{ messageId: string }> =>
    transaction(actor.workspaceId, async (tx) => {
      const { body } = await once(tx, actor, { key: idempotencyKey, request: { conversationId, note } }, async () => {
        const conversation = await lockVisible(tx, actor, conversationId)
        if (!conversation) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
        await filesOf(tx, note.files)
        const change = new Change(conversation, actor, now())
        change.conversation = withEvent(conversation)
        const messageId = change.add({ direction: 'note', text: note.text })
        await saveChanges(tx, tools, [change])
        await afterSaying(tx, change, { messageId, text: note.text, fileIds: note.files })
        return { status: 201, body: { messageId } }
      })
      return body
    })
