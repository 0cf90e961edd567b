import type { Platform } from '#platform/server/platform'
import { indexForSearch } from '#platform/server/search.queries'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import type { NewConversation } from '../contract/index.ts'
import { assertMayWrite } from './assert-may-write.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { beginningOf } from './conversation.queries.ts'
import { type ConversationState, newConversation, owned } from './conversation.ts'
import { afterSaying, say } from './say.ts'
import { conversationDocument } from './search-documents.ts'
import { storable } from './stored-json.ts'
import type { Channels, Customers } from './uses.ts'

export interface StartConversationUses {
  readonly customers: Pick<Customers, 'summaries'>
  readonly channels: Pick<Channels, 'accounts' | 'enqueueDelivery'>
  readonly tools: ChangeTools
}

/**
 * Writes first: a new conversation with a person, owned by its writer, that waits for the customer.
 * @throws Problem `customers.person_not_found` (404), `inbox.no_route` (422) when the account may not write first, `inbox.person_restricted`, those of `say`
 */
export const startConversation =
  ({ transaction, now }: Platform, { customers, channels, tools }: StartConversationUses) =>
  (actor: Actor, { personId, accountId, to, ...words }: NewConversation): Promise<ConversationState> =>
    transaction(actor.workspaceId, async (tx) => {
      const person = (await customers.summaries(tx, [personId])).get(personId)
      if (!person) throw new Problem('customers.person_not_found', 404, 'There is no such person.')
      await assertMayWrite(tx, customers, personId)
      const account = (await channels.accounts(tx, [accountId])).get(accountId)
      if (!account?.isEnabled || account.capabilities.startConversation !== 'always')
        throw new Problem('inbox.no_route', 422, 'Nobody can be written to first by this account.')

      const at = now()
      const { teamId } = account
      const start = newConversation({ id: newId(), personId, accountId, teamId, subject: storable(words.subject), at })
      const change = new Change(start, actor, at)
      const why = { code: 'started', params: { operator: actor.name } } as const
      change.conversation = actor.operatorId ? owned(start, actor.operatorId, at, why) : start
      const route = { account, to, toName: person.name, thread: null }
      const messageId = await say(tx, channels, change, { words, route, lastHeardAt: null })
      change.conversation = { ...change.conversation, ...(await beginningOf(tx, 1)) }
      await saveChanges(tx, tools, [change])
      await indexForSearch(tx, conversationDocument(change.conversation, person.name))
      await afterSaying(tx, change, { messageId, text: words.text, fileIds: words.files })
      return change.conversation
    })
