import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import type { AcceptRaw } from '../accept-raw.ts'
import { findPresence } from './chat.queries.ts'
import { type ChatDoors, findChatAccount } from './chat-account.ts'
import { chatFileRoutes } from './chat-file-routes.ts'
import { chatRoutes } from './chat-routes.ts'
import { followThreads } from './follow-threads.ts'
import type { ChatPage } from './tables.ts'
import type { VisitorTyping } from './visitor-requests.ts'
import { admitVisitors } from './visitor-sockets.ts'

/** The site chat's own server: visitors' sockets, files, the widget's script and the demo page. */
export interface ChatGateway {
  routes(http: HttpServer): void
  start(): void
  stop(): void
  /** Shows the visitor that somebody writes, for some seconds. `thread` is the thread id of the visitor's messages. */
  notifyTyping(accountId: string, thread: string, name: string): void
  /** Hears of visitors who write, each in the one process that they are connected to. */
  onVisitorTyping(listener: (typing: VisitorTyping) => void): void
  /** Whether the visitor's page is open now, where, and where to write when it is not; null when there is no such thread. */
  presence(tx: Tx, threadId: string): Promise<VisitorPresence | null>
}

export interface VisitorPresence {
  readonly isOnline: boolean
  readonly email: string | null
  readonly page: ChatPage | null
}

export function createChatGateway(platform: Platform, doors: ChatDoors & { accept: AcceptRaw }): ChatGateway {
  const visitors = platform.live.io.of('/visitors')
  const findAccount = findChatAccount(doors, platform)
  let tellTyping: (typing: VisitorTyping) => void = () => undefined
  const admission = admitVisitors(platform, visitors, {
    findAccount,
    accept: doors.accept,
    onTyping: (typing) => tellTyping(typing),
  })
  const following = followThreads(platform, visitors)

  return {
    routes: (http) => {
      chatRoutes(platform, http, findAccount)
      chatFileRoutes(platform, http, findAccount)
    },
    start: following.start,
    stop: () => {
      admission.stop()
      following.stop()
    },
    notifyTyping: following.notifyTyping,
    onVisitorTyping: (listener) => {
      tellTyping = listener
    },
    presence: async (tx, threadId) => {
      const found = await findPresence(tx, threadId)
      if (!found) return null
      return { isOnline: found.onlineUntil > platform.now(), email: found.email, page: found.page }
    },
  }
}
