import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from 'react'
import type { Socket } from 'socket.io-client'
import { isLaterCursor } from '#platform/shared/event-cursor'

/** `idle` = not signed in · `connecting` = first time · `lost` = was connected, trying again. */
export type LiveStatus = 'idle' | 'connecting' | 'connected' | 'lost'

/** A fact from the server, in order. The same one may come twice after a break, so handlers set, never add up. */
export interface LiveEvent<Data> {
  readonly name: string
  readonly data: Data
  /** Who did it; null for Okno itself. */
  readonly actor: string | null
  readonly at: string
}

type EventHandler = (event: LiveEvent<never>) => void
type WhisperHandler = (data: never) => void

export interface LiveClient {
  start(): void
  stop(): void
  /** Tells what happened. Data has the shape of the event's contract. */
  on<Data>(name: string, handle: (event: LiveEvent<Data>) => void): () => void
  /** Too much was missed to replay, or pages were loaded before the connection stood: read everything again. */
  onMissed(handle: () => void): () => void
  /** The server does not know this session any more. */
  onRefused(handle: () => void): () => void
  /** Words worth nothing a moment later: who looks, who types. */
  onWhisper<Data>(name: string, handle: (data: Data) => void): () => void
  whisper(name: string, data: unknown): void
  status(): LiveStatus
  subscribe(listener: () => void): () => void
}

function createListeners<Handler>() {
  const byName = new Map<string, Set<Handler>>()
  return {
    add: (name: string, handler: Handler) => {
      const set = byName.get(name) ?? new Set()
      byName.set(name, set.add(handler))
      return () => {
        set.delete(handler)
      }
    },
    of: (name: string) => [...(byName.get(name) ?? [])],
  }
}

/** A refused connection is tried again after once to twice this long, so that windows do not come all at once. */
const REFUSED_MS = 2_000

/** The window's connection to what happens now. Reconnects by itself and asks for what it missed. */
export function createLiveClient(): LiveClient {
  const events = createListeners<EventHandler>()
  const whispers = createListeners<WhisperHandler>()
  const missed = new Set<() => void>()
  const refused = new Set<() => void>()
  const listeners = new Set<() => void>()
  let status: LiveStatus = 'idle'
  let cursor: string | undefined
  let hasGreeted = false
  let socket: Socket | undefined

  const become = (next: LiveStatus) => {
    if (next === status) return
    status = next
    for (const listener of listeners) listener()
  }

  /** Each start and stop: an opening that was overtaken by another one must not come through. */
  let turn = 0

  function start() {
    if (status !== 'idle') return
    become('connecting')
    void open(++turn)
  }

  async function open(mine: number) {
    // Not needed for the first picture, so it does not stand in its way.
    const { io } = await import('socket.io-client')
    if (mine !== turn) return
    socket = io('/operators', {
      transports: ['websocket', 'polling'],
      auth: (send) => send({ after: cursor, many: true }),
    })
    socket.on('hello', (hello: { cursor: string; isComplete: boolean }) => {
      cursor = hello.cursor
      // What was loaded before the first greeting may have missed an event in between.
      if (!hello.isComplete || !hasGreeted) for (const handle of missed) handle()
      hasGreeted = true
      become('connected')
    })
    const hear = (event: LiveEvent<never> & { cursor: string }) => {
      // Told by the process that greeted and by the one that follows.
      if (cursor !== undefined && !isLaterCursor(event.cursor, cursor)) return
      cursor = event.cursor
      for (const handle of events.of(event.name)) handle(event)
    }
    socket.on('event', hear)
    socket.on('events', (several: Parameters<typeof hear>[0][]) => several.forEach(hear))
    socket.onAny((name: string, data: unknown) => {
      // A whisper has the shape that its listener names; both sides share the contract.
      for (const handle of whispers.of(name)) handle(data as never)
    })
    socket.on('disconnect', (reason) => {
      if (mine !== turn) return
      become('lost')
      // After a deliberate word of the server socket.io does not come back by itself.
      if (reason === 'io server disconnect') again(mine)
    })
    socket.on('connect_error', (error) => {
      if (mine !== turn) return
      become(hasGreeted ? 'lost' : 'connecting')
      if (error.message === 'access.sign_in_required') for (const handle of refused) handle()
      // `active`: a broken line, tried again by itself. What the server refused is not, and it may have refused because its database was away.
      if (!socket?.active) setTimeout(() => again(mine), REFUSED_MS * (1 + Math.random()))
    })
  }

  function again(mine: number) {
    if (mine === turn) socket?.connect()
  }

  function stop() {
    turn++
    socket?.disconnect()
    socket = undefined
    cursor = undefined
    hasGreeted = false
    become('idle')
  }

  return {
    start,
    stop,
    on: (name, handle) => events.add(name, handle as EventHandler),
    onMissed: (handle) => {
      missed.add(handle)
      return () => missed.delete(handle)
    },
    onRefused: (handle) => {
      refused.add(handle)
      return () => refused.delete(handle)
    },
    onWhisper: (name, handle) => whispers.add(name, handle as WhisperHandler),
    whisper: (name, data) => {
      if (socket?.connected) socket.volatile.emit(name, data)
    },
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const LiveContext = createContext<LiveClient | null>(null)
export const LiveProvider = LiveContext.Provider

export function useLive(): LiveClient {
  const live = useContext(LiveContext)
  if (!live) throw new Error('useLive stands outside LiveProvider')
  return live
}

export function useLiveStatus(): LiveStatus {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, live.status)
}

/** Hears whispers of one name while the component is on screen. */
export function useWhispers<Data>(name: string, handle: (data: Data) => void): void {
  const live = useLive()
  const latest = useRef(handle)
  latest.current = handle
  useEffect(() => live.onWhisper<Data>(name, (data) => latest.current(data)), [live, name])
}
