import type { Namespace, Socket } from 'socket.io'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { type ChatAck, type ChatHello, chatHandshake, chatLimits, chatRequests } from '../../contract/chat.ts'
import type { AcceptRaw } from '../accept-raw.ts'
import { createAllowance } from './allowance.ts'
import { findThread, readEntries, updateThread } from './chat.queries.ts'
import { type FindChatAccount, isOriginAllowed } from './chat-account.ts'
import { clientAddress } from './client-address.ts'
import { shownEntry } from './shown-entry.ts'
import { type OpenChat, onlineUntil, type VisitorTyping, visitorRequests } from './visitor-requests.ts'
import { openSession } from './visitor-session.ts'

/** Room of all tabs of one visitor, by the id that is also the thread's. */
export const roomOf = (visitorId: string) => `visitor ${visitorId}`

export const chatOf = (socket: { data: unknown }): OpenChat => (socket.data as { chat: OpenChat }).chat // set by `admit`

/**
 * What one visitor, and one address, may do. A person types a message in two seconds at best; behind one address there may be a
 * whole office or a mobile network.
 */
const RATES = {
  connect: { burst: 100, perSecond: 5 },
  newVisitor: { burst: 60, perSecond: 0.5 },
  sayOfAddress: { burst: 200, perSecond: 10 },
  say: { burst: 20, perSecond: 0.5 },
  leave_email: { burst: 5, perSecond: 1 / 60 },
  other: { burst: 60, perSecond: 4 },
} as const

/** Before a visitor's widget asks again whether an account is back that was switched off. */
const AWAY_MS = 60_000

/** A word to every process: a visitor's last page here was closed. One that holds another page of the visitor says so. */
export const LEFT = 'chat left'
export interface Left {
  workspaceId: string
  threadId: string
}

interface Greeting {
  readonly token: string
  readonly isNewVisitor: boolean
  /** Last entry that the widget has. */
  readonly after: number
}

/** Lets visitors' sockets in and answers their requests, until `stop`. */
export function admitVisitors(
  platform: Platform,
  visitors: Namespace,
  doors: { findAccount: FindChatAccount; accept: AcceptRaw; onTyping: (typing: VisitorTyping) => void },
): { stop(): void } {
  const log = platform.log.child({ part: 'chat' })
  let isStopping = false
  const { findAccount } = doors
  const requests = visitorRequests(platform, doors)
  const connect = createAllowance(RATES.connect)
  const newVisitor = createAllowance(RATES.newVisitor)
  const sayOfAddress = createAllowance(RATES.sayOfAddress)
  const allowances = {
    say: createAllowance(RATES.say),
    leave_email: createAllowance(RATES.leave_email),
    other: createAllowance(RATES.other),
  }

  visitors.use((socket, next) => {
    admit(socket).then(
      (refusal) => (refusal ? next(new Error(refusal)) : next()),
      (error) => {
        log.warn({ err: error }, 'chat: cannot admit a visitor')
        next(new Error('chat.failed'))
      },
    )
  })
  visitors.on('connection', (socket) => {
    platform.metrics.liveConnections.inc({ audience: 'visitors' })
    // The request of the handshake is not needed any more, and is most of what an idle connection keeps.
    Object.assign(socket.conn, { request: null })
    socket.on('disconnect', () => {
      platform.metrics.liveConnections.dec({ audience: 'visitors' })
      // When the process ends, its visitors come back to another one within seconds: they did not leave.
      if (isStopping) return
      leave(socket).catch((error) => log.warn({ err: error }, 'chat: presence not stored'))
    })
    socket.onAny((name: unknown, ...rest: unknown[]) => void answer(socket, name, rest))
    greet(socket).catch((error) => {
      log.warn({ err: error }, 'chat: cannot greet a visitor')
      socket.disconnect(true)
    })
  })

  /** Code of the refusal, or null: the visitor may come in. */
  async function admit(socket: Socket): Promise<string | null> {
    const { headers, address: peer } = socket.handshake
    const address = clientAddress(peer, headers['x-forwarded-for'])
    if (address && connect.take(address) > 0) return 'chat.too_many'
    const handshake = chatHandshake.safeParse(socket.handshake.auth)
    if (!handshake.success) return 'chat.invalid'
    const account = await findAccount(handshake.data.account)
    if (!account) return 'chat.unknown_account'
    if (!isOriginAllowed(account, headers.origin, platform.config.publicUrl)) return 'chat.origin_refused'
    const session = openSession(platform.secrets, account, handshake.data, platform.now())
    if (!session) return 'chat.token_refused'
    if (session.isNewVisitor && address && newVisitor.take(address) > 0) return 'chat.too_many'

    const { identity, visitor } = session
    const chat: OpenChat = {
      account,
      visitorId: visitor.visitorId,
      identity,
      hasThread: false,
      email: identity?.email ?? null,
      page: handshake.data.page,
    }
    const { token, isNewVisitor } = session
    socket.data = { chat, address, greeting: { token, isNewVisitor, after: handshake.data.after ?? 0 } }
    return null
  }

  /** Joins the room first and reads second: an entry may come twice, never not at all. The widget drops what it has. */
  async function greet(socket: Socket): Promise<void> {
    const chat = chatOf(socket)
    const { address, greeting } = socket.data as { address: string | null; greeting: Greeting } // set by `admit`
    await socket.join(roomOf(chat.visitorId))
    // Who comes for the first time has no thread: nothing has to be read.
    const hello = greeting.isNewVisitor
      ? helloOf(chat, greeting, undefined)
      : await platform.transaction(chat.account.workspaceId, async (tx) =>
          helloOf(chat, greeting, await resumeThread(tx, chat, greeting)),
        )
    socket.data = { chat, address }
    socket.emit('hello', hello)
  }

  async function resumeThread(tx: Tx, chat: OpenChat, greeting: Greeting) {
    const thread = await findThread(tx, chat.visitorId)
    if (!thread) return undefined
    await updateThread(tx, thread.id, {
      onlineUntil: onlineUntil(platform.now()),
      ...(chat.page ? { page: chat.page } : {}),
      ...(chat.identity?.email ? { email: chat.identity.email } : {}),
    })
    // A number from another visitor's time is no reason to hide this one's talk.
    const after = greeting.after > thread.lastSeq ? 0 : greeting.after
    const entries = await readEntries(tx, thread.id, { after, limit: chatLimits.history })
    chat.hasThread = true
    chat.email ??= thread.email
    return { thread, entries, hasGap: (entries[0]?.seq ?? 0) > after + 1 }
  }

  const helloOf = (
    chat: OpenChat,
    { token }: Greeting,
    resumed: Awaited<ReturnType<typeof resumeThread>>,
  ): ChatHello => ({
    token,
    visitor: chat.visitorId,
    config: chat.account.shown,
    hasThread: resumed !== undefined,
    entries: (resumed?.entries ?? []).map((entry) => shownEntry(platform, chat, entry)),
    hasGap: resumed?.hasGap ?? false,
    lastSeq: resumed?.thread.lastSeq ?? 0,
    readSeq: resumed?.thread.readSeq ?? 0,
    email: chat.email,
  })

  async function leave(socket: Socket): Promise<void> {
    const chat = chatOf(socket)
    if (!chat.hasThread || visitors.adapter.rooms.has(roomOf(chat.visitorId))) return
    const left: Left = { workspaceId: chat.account.workspaceId, threadId: chat.visitorId }
    await platform.transaction(left.workspaceId, async (tx) => {
      await updateThread(tx, left.threadId, { onlineUntil: platform.now() })
      tx.afterCommit(() => platform.bus.publish(LEFT, left))
    })
  }

  async function answer(socket: Socket, name: unknown, rest: unknown[]): Promise<void> {
    const acknowledge = rest.at(-1)
    const reply = (ack: ChatAck) => {
      if (typeof acknowledge === 'function') acknowledge(ack)
    }
    try {
      reply(await respond(socket, name, rest[0]))
    } catch (error) {
      log.warn({ err: error, request: String(name).slice(0, 50) }, 'chat: request failed')
      reply({ ok: false, code: 'chat.failed', isFinal: false })
    }
  }

  async function respond(socket: Socket, name: unknown, data: unknown): Promise<ChatAck> {
    const chat = chatOf(socket)
    const retryAfterMs = waitOf(name, chat.visitorId, (socket.data as { address: string | null }).address)
    if (retryAfterMs > 0) return { ok: false, code: 'chat.too_many', isFinal: false, retryAfterMs }
    // Switched off since the visitor came: nobody could answer. The widget keeps what was written.
    if (!(await findAccount(chat.account.key)))
      return { ok: false, code: 'chat.unknown_account', isFinal: false, retryAfterMs: AWAY_MS }
    switch (name) {
      case 'say':
        return parsed(chatRequests.say.safeParse(data), (request) => requests.say(chat, request))
      case 'seen':
        return parsed(chatRequests.seen.safeParse(data), (request) => requests.seen(chat, request))
      case 'history':
        return parsed(chatRequests.history.safeParse(data), (request) => requests.history(chat, request))
      case 'leave_email':
        return parsed(chatRequests.leave_email.safeParse(data), (request) => requests.leave_email(chat, request))
      case 'page':
        return parsed(chatRequests.page.safeParse(data), (request) => requests.page(chat, request))
      case 'typing':
        return requests.typing(chat)
      default:
        return { ok: false, code: 'chat.unknown_request', isFinal: true }
    }
  }

  function waitOf(name: unknown, visitorId: string, address: string | null): number {
    if (name === 'say') return allowances.say.take(visitorId) || (address ? sayOfAddress.take(address) : 0)
    return allowances[name === 'leave_email' ? name : 'other'].take(visitorId)
  }

  return {
    stop: () => {
      isStopping = true
    },
  }
}

async function parsed<Data>(
  result: { success: true; data: Data } | { success: false },
  run: (request: Data) => Promise<ChatAck>,
): Promise<ChatAck> {
  return result.success ? run(result.data) : { ok: false, code: 'chat.invalid', isFinal: true }
}
