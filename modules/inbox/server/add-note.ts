import { findFiles } from '#platform/server/files.queries'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { NewNote } from '../contract/index.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { withEvent } from './conversation.ts'
import { deleteDraft, markRead } from './desk.queries.ts'
import { insertAttachments } from './message.queries.ts'
import { lockVisible } from './visible.queries.ts'

/**
 * Stores words for colleagues, which are never sent and end nobody's wait.
 * @throws Problem `inbox.conversation_not_found`, `file.not_found`
 */
export const addNote =
  ({ transaction, now }: Platform, tools: ChangeTools) =>
  (actor: Actor, conversationId: string, note: NewNote): Promise<{ messageId: string }> =>
    transaction(actor.workspaceId, async (tx) => {
      const conversation = await lockVisible(tx, actor, conversationId)
      if (!conversation) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
      const files = await findFiles(tx, note.files)
      if (files.length < new Set(note.files).size) throw new Problem('file.not_found', 404, 'There is no such file.')

      const change = new Change(conversation, actor, now())
      change.conversation = withEvent(conversation)
      const messageId = change.add({ direction: 'note', text: note.text })
      await saveChanges(tx, tools, [change])
      await insertAttachments(
        tx,
        note.files.map((fileId, position) => ({ messageId, position, fileId, isInline: false, contentId: null })),
      )
      if (actor.operatorId) {
        const place = { operatorId: actor.operatorId, conversationId }
        await deleteDraft(tx, place)
        await markRead(tx, { ...place, seq: change.conversation.lastSeq })
      }
      return { messageId }
    })
