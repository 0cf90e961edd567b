import { io } from 'socket.io-client'
import type { ChatAck, ChatEntry, ChatHello } from '#modules/channels/contract'
import type { Settings } from './settings.ts'

export interface Page {
  readonly url: string
  readonly title: string
  readonly referrer: string
}

export const currentPage = (): Page => ({
  url: location.href.slice(0, 2000),
  title: document.title.slice(0, 300),
  referrer: document.referrer.slice(0, 2000),
})

export interface ConnectionEvents {
  /** Asked before every attempt: what is known now. */
  known(): { token: string | undefined; after: number }
  hello(hello: ChatHello): void
  entry(entry: ChatEntry): void
  typing(name: string): void
  latest(seq: number): void
  /** The connection came or went. */
  changed(): void
  /** The server does not know the token any more. */
  tokenRefused(): void
  /** The chat does not exist, or not on this site. */
  closed(code: string): void
}

export interface Connection {
  readonly isConnected: boolean
  readonly isStarted: boolean
  start(): void
  /** Resolves with what the server said, or null when nothing came back in time. */
  ask<Answer = object>(name: string, data?: object): Promise<ChatAck<Answer> | null>
}

const ANSWER_MS = 15_000
const PAUSE_MS = 15_000
const FINAL = ['chat.unknown_account', 'chat.origin_refused', 'chat.invalid']

/** The live connection to Okno. Comes back by itself after every break. */
export function createConnection(settings: Settings, on: ConnectionEvents): Connection {
  const { account, identity, signature } = settings
  let isGreeted = false
  const socket = io(`${settings.server}/visitors`, {
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    withCredentials: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 15_000,
    auth: (send) => send({ account, identity, signature, ...on.known(), page: currentPage() }),
  })
  const again = (ms: number) => setTimeout(() => socket.connect(), ms)

  socket.on('hello', (hello: ChatHello) => {
    isGreeted = true
    on.hello(hello)
    on.changed()
  })
  socket.on('entry', (entry: ChatEntry) => on.entry(entry))
  socket.on('typing', ({ name }: { name: string }) => on.typing(name))
  socket.on('latest', ({ seq }: { seq: number }) => on.latest(seq))
  socket.on('disconnect', (reason) => {
    isGreeted = false
    // When the server closes, the client does not come back by itself; it is most likely being restarted.
    if (reason === 'io server disconnect') again(2000 + Math.random() * 3000)
    on.changed()
  })
  socket.on('connect_error', ({ message }) => {
    // `active`: a broken line, tried again by itself. Otherwise the server refused.
    if (socket.active) return
    if (message === 'chat.token_refused') {
      on.tokenRefused()
      again(0)
    } else if (FINAL.includes(message)) {
      on.closed(message)
    } else {
      again(PAUSE_MS * (1 + Math.random()))
    }
  })

  const hurry = () => {
    if (socket.active && !socket.connected && document.visibilityState === 'visible') socket.disconnect().connect()
  }
  // The pauses between attempts grow; when the network or the visitor is back, nobody should wait for their end.
  addEventListener('online', hurry)
  document.addEventListener('visibilitychange', hurry)

  return {
    get isConnected() {
      return socket.connected && isGreeted
    },
    get isStarted() {
      return socket.active
    },
    start: () => {
      if (!socket.active) socket.connect()
    },
    ask: (name, data = {}) =>
      socket
        .timeout(ANSWER_MS)
        .emitWithAck(name, data)
        .catch(() => null),
  }
}
