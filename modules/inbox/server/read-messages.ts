import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { decodeCursor, encodeCursor, foreignCursor, type Page } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import { MAX_PLACE, type Message, type MessageQuery } from '../contract/index.ts'
import { findMessage, findMessages, findMessagesAfter } from './message.queries.ts'
import { presentMessages } from './present-messages.ts'
import { inReadingOrder } from './reading-order.ts'
import type { Channels } from './uses.ts'
import { findVisible } from './visible.queries.ts'

/**
 * A page of a thread in reading order, the latest first: `nextCursor` leads to what was before. With `afterSeq` only what came behind
 * that place.
 *
 * @throws Problem `inbox.conversation_not_found`, `request.cursor`
 */
export const readMessages =
  ({ transaction }: Platform, channels: Pick<Channels, 'accounts'>) =>
  (
    actor: Actor,
    conversationId: string,
    { beforeSeq, afterSeq, cursor, limit }: MessageQuery,
  ): Promise<Page<Message>> =>
    transaction(actor.workspaceId, async (tx) => {
      if (!(await findVisible(tx, actor, conversationId)))
        throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
      if (afterSeq !== undefined) {
        const rows = await findMessagesAfter(tx, { conversationId, after: afterSeq, limit })
        return { items: await presentMessages(tx, channels, actor, inReadingOrder(rows)), nextCursor: null }
      }
      const place = cursor === undefined ? beforeSeq : placeOf(cursor)
      const rows = await findMessages(tx, { conversationId, before: place, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      const first = shown.at(-1)
      return {
        items: await presentMessages(tx, channels, actor, inReadingOrder(shown)),
        nextCursor: rows.length > limit && first ? encodeCursor([first.seq]) : null,
      }
    })

/** One message that the actor may see. @throws Problem `inbox.message_not_found` */
export const readMessage =
  ({ transaction }: Platform, channels: Pick<Channels, 'accounts'>) =>
  (actor: Actor, id: string): Promise<Message> =>
    transaction(actor.workspaceId, async (tx) => {
      const message = await findMessage(tx, id)
      if (!message || !(await findVisible(tx, actor, message.conversationId)))
        throw new Problem('inbox.message_not_found', 404, 'There is no such message.')
      const [shown] = await presentMessages(tx, channels, actor, [message])
      if (!shown) throw new Error('A message got lost on its way to the reader.')
      return shown
    })

function placeOf(cursor: string): number {
  const [seq] = decodeCursor(cursor, 1)
  if (typeof seq !== 'number' || !Number.isInteger(seq) || seq < 0 || seq > MAX_PLACE) throw foreignCursor()
  return seq
}
