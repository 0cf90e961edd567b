import type { Namespace } from 'socket.io'
import type { Platform } from '#platform/server/platform'
import { LOOK, type Look } from './append-entry.ts'
import { listMovedThreads, readEntries, renewOnline } from './chat.queries.ts'
import { shownEntry } from './shown-entry.ts'
import { onlineUntil } from './visitor-requests.ts'
import { chatOf, LEFT, type Left, roomOf } from './visitor-sockets.ts'

const TYPING = 'chat typing'
/** Less than half of the time for which a visitor counts as present. */
const RENEW_MS = 60_000
/** A word between processes may get lost; then the visitor learns this late, at worst, that there is something new. */
const CATCH_UP_MS = 15_000

/** Brings what happens in threads, in whatever process, to the visitors whose sockets this process holds. */
export function followThreads(platform: Platform, visitors: Namespace) {
  const log = platform.log.child({ part: 'chat' })
  const isOpenHere = (room: string) => visitors.adapter.rooms.has(room)

  platform.bus.onMessage(LOOK, (message) => {
    const look = message as Look // only appendEntry sends on this topic
    if (isOpenHere(roomOf(look.threadId)))
      show(look).catch((error) => log.warn({ err: error }, 'chat: entry not shown'))
  })
  platform.bus.onMessage(TYPING, (message) => {
    const { threadId, name } = message as { threadId: string; name: string } // only notifyTyping sends on this topic
    visitors.to(roomOf(threadId)).emit('typing', { name })
  })

  platform.bus.onMessage(LEFT, (message) => {
    const left = message as Left // only admitVisitors sends on this topic
    if (!isOpenHere(roomOf(left.threadId))) return
    platform.database
      .system((tx) => renewOnline(tx, [left], onlineUntil(platform.now())))
      .catch((error) => log.warn({ err: error }, 'chat: presence not stored'))
  })

  async function show(look: Look): Promise<void> {
    const { entry: carried, threadId } = look
    const entry = carried ? { ...carried, at: new Date(carried.at) } : await readEntry(look)
    for (const id of visitors.adapter.rooms.get(roomOf(threadId)) ?? []) {
      const socket = visitors.sockets.get(id)
      if (!socket || !entry) continue
      const chat = chatOf(socket)
      // Another tab of this visitor may have begun the thread.
      chat.hasThread = true
      socket.emit('entry', shownEntry(platform, chat, entry))
    }
  }

  async function readEntry({ workspaceId, threadId, seq }: Pick<Look, 'workspaceId' | 'threadId' | 'seq'>) {
    const [entry] = await platform.transaction(workspaceId, (tx) =>
      readEntries(tx, threadId, { after: seq - 1, before: seq + 1, limit: 1 }),
    )
    return entry
  }

  async function renew(): Promise<void> {
    const open = new Map<string, { workspaceId: string; threadId: string }>()
    for (const socket of visitors.sockets.values()) {
      const { visitorId, hasThread, account } = chatOf(socket)
      if (hasThread) open.set(visitorId, { workspaceId: account.workspaceId, threadId: visitorId })
    }
    if (open.size === 0) return
    await platform.database.system((tx) => renewOnline(tx, [...open.values()], onlineUntil(platform.now())))
  }

  async function catchUp(): Promise<void> {
    if (visitors.sockets.size === 0) return
    const since = new Date(+platform.now() - 2 * CATCH_UP_MS)
    for (const { id, lastSeq } of await platform.database.system((tx) => listMovedThreads(tx, since))) {
      if (isOpenHere(roomOf(id))) visitors.to(roomOf(id)).emit('latest', { seq: lastSeq })
    }
  }

  const timers: NodeJS.Timeout[] = []
  const every = (ms: number, work: () => Promise<void>) =>
    timers.push(setInterval(() => work().catch((error) => log.warn({ err: error }, 'chat: upkeep failed')), ms).unref())
  return {
    start: () => {
      every(RENEW_MS, renew)
      every(CATCH_UP_MS, catchUp)
    },
    stop: () => {
      for (const timer of timers.splice(0)) clearInterval(timer)
    },
    notifyTyping: (_accountId: string, threadId: string, name: string) =>
      platform.bus.publish(TYPING, { threadId, name: name.slice(0, 200) }),
  }
}
