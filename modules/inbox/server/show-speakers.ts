import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { Speakers } from '../contract/index.ts'
import { findLastIncoming, findNamesOfAddress } from './move.queries.ts'
import type { Customers } from './uses.ts'
import { findVisible } from './visible.queries.ts'

/** Who may be writing in a conversation: those who share the address of its last message. @throws Problem `inbox.conversation_not_found` */
export const showSpeakers =
  ({ transaction }: Platform, { customers }: { customers: Pick<Customers, 'speakersOf'> }) =>
  (actor: Actor, id: string): Promise<Speakers> =>
    transaction(actor.workspaceId, async (tx) => {
      const conversation = await findVisible(tx, actor, id)
      if (!conversation) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
      const can = { move: actor.can('customers.edit') && actor.can('inbox.reply') }
      const message = await findLastIncoming(tx, id)
      if (!message) return { address: null, people: [], names: [], can }
      const { fromAddress, email, thread, accountId } = message
      const values = [fromAddress, email, thread].filter((value) => value !== null)
      const names = fromAddress ? await findNamesOfAddress(tx, conversation.personId, fromAddress) : []
      const personId = message.personId ?? conversation.personId
      const {
        address,
        people,
        names: differing,
      } = await customers.speakersOf(tx, { personId, accountId, values, names })
      return { address, people: [...people], names: [...differing], can }
    })
