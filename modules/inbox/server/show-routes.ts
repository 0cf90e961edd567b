import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { ReplyRoute } from '../contract/index.ts'
import { mayBeWritten } from './assert-may-write.ts'
import { replyRoutes } from './reply-route.ts'
import { findHeard } from './route.queries.ts'
import type { Channels, Customers } from './uses.ts'
import { findVisible } from './visible.queries.ts'

const HOUR_MS = 3_600_000

/** Every way to answer in a conversation with what it allows now. @throws Problem `inbox.conversation_not_found` */
export const showRoutes =
  ({ transaction, now }: Platform, channels: Pick<Channels, 'accounts'>, customers: Pick<Customers, 'summaries'>) =>
  (actor: Actor, conversationId: string): Promise<ReplyRoute[]> =>
    transaction(actor.workspaceId, async (tx) => {
      const conversation = await findVisible(tx, actor, conversationId)
      if (!conversation) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
      const isRestricted = !(await mayBeWritten(tx, customers, conversation.personId))
      const heard = await findHeard(tx, conversationId)
      return replyRoutes(heard, await channels.accounts(tx)).map(({ account, to, isDefault }) => {
        const { id, name, kind, isEnabled, capabilities } = account
        const hours = capabilities.replyWindowHours
        const last = heard.find(({ accountId, direction }) => accountId === id && direction === 'in')
        const until = hours === null ? null : new Date((last?.sentAt.getTime() ?? 0) + hours * HOUR_MS)
        const isOpen = until === null || until > now()
        return {
          accountId: id,
          name,
          kind,
          address: to,
          isDefault,
          allowed: isEnabled && isOpen && !isRestricted,
          until,
          reasonCode: reasonOf({ isRestricted, isEnabled, isOpen }),
          capabilities,
        }
      })
    })

function reasonOf({ isRestricted, isEnabled, isOpen }: { isRestricted: boolean; isEnabled: boolean; isOpen: boolean }) {
  if (isRestricted) return 'inbox.person_restricted'
  if (!isEnabled) return 'inbox.account_disabled'
  return isOpen ? null : 'inbox.window_closed'
}
