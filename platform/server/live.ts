import type { Server as NodeServer } from 'node:http'
import type pg from 'pg'
import { Server, type Socket } from 'socket.io'
import type { Actor } from '#platform/shared/actor'
import { isLaterCursor } from '#platform/shared/event-cursor'
import type { Bus } from './bus.ts'
import type { Database } from './database.ts'
import { currentCursor, followEvents, isCursorCovered, isEventCursor, readEvents } from './events.queries.ts'
import { EVERYBODY, type StoredEvent } from './events.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { forWindow, holdBack, letThrough, tellWindows } from './tell-windows.ts'

/** How the live connection of an operator's window finds out who it is. */
export type AuthenticateSocket = (headers: Record<string, string | string[] | undefined>) => Promise<Actor | null>

export interface Live {
  /** The socket server, for namespaces of other audiences (site visitors). */
  readonly io: Server
  setAuthenticate(authenticate: AuthenticateSocket): void
  /** Handles a word that windows send each other, such as "typing"; passed on through `whisper`. */
  onWhisper(name: string, handle: (actor: Actor, data: unknown, socket: Socket) => void): void
  /** Runs when an operator opens a first window in this process, closes the last one, and every 20 s between: presence. */
  onPresence(listener: (actor: Actor, isHere: boolean) => void): void
  /** Tells the members of rooms something that is worth nothing a moment later. Reaches windows at every process. */
  whisper(workspaceId: string, rooms: readonly string[], name: string, data: unknown): void
  /** Listens to committed events, each once, in order, in this process. For `GET /events`. */
  onEvents(listener: (events: StoredEvent[]) => void): () => void
  /** What an operator may hear has changed: every connection of theirs in this process is asked anew who it is. */
  lookAgain(operatorId: string): void
  /** Hears of that. For `GET /events`. */
  onLookAgain(listener: (operatorId: string) => void): () => void
  start(): Promise<void>
  stop(): Promise<void>
}

const BATCH = 500
/** Beyond this many missed events a window is told to load afresh. */
const MAX_REPLAY = 2000
/** Looks for events even when no word came: a process may die between commit and word. */
const FALLBACK_MS = 1000
/** A committed event waits for older transactions that still run; look again this soon. */
const HELD_BACK_MS = 10
const PRESENCE_MS = 20_000

/** Rooms an actor hears: all of the workspace, own, own teams', and the supervisors'. */
export const roomsOf = (actor: Actor): string[] => [
  EVERYBODY,
  `operator:${actor.operatorId}`,
  ...actor.teamIds.map((id) => `team:${id}`),
  ...(actor.role === 'operator' ? [] : ['supervisors']),
]

export const mayHear = (actor: Actor, event: StoredEvent): boolean => {
  const rooms = roomsOf(actor)
  return event.workspaceId === actor.workspaceId && event.audience.some((room) => rooms.includes(room))
}

/** Live updates: each process follows the stored events and passes them to its own windows. */
export function createLive(deps: {
  http: NodeServer
  database: Database
  /** A connection for following events alone: what everybody waits for does not queue behind what somebody asks. */
  ownConnection: pg.Pool
  bus: Bus
  log: Log
  metrics: Metrics
  publicUrl: string
}): Live {
  const { database, ownConnection, bus, log, metrics } = deps
  const io = new Server(deps.http, {
    serveClient: false,
    transports: ['websocket', 'polling'],
    maxHttpBufferSize: 100_000,
  })
  const operators = io.of('/operators')
  let authenticate: AuthenticateSocket = async () => null
  const whispers = new Map<string, (actor: Actor, data: unknown, socket: Socket) => void>()
  const presenceListeners: ((actor: Actor, isHere: boolean) => void)[] = []
  const eventListeners = new Set<(events: StoredEvent[]) => void>()
  const lookAgainListeners = new Set<(operatorId: string) => void>()
  const room = (workspaceId: string, name: string) => `${workspaceId} ${name}`

  operators.use((socket, next) => {
    admit(socket).then(
      (refusal) => (refusal ? next(new Error(refusal)) : next()),
      (error) => {
        log.warn({ err: error }, 'live: cannot admit a window')
        next(new Error('server.unavailable'))
      },
    )
  })
  operators.on('connection', (socket) => {
    const actor = (socket.data as { actor: Actor }).actor
    metrics.liveConnections.inc({ audience: 'operators' })
    const beat = () => {
      for (const listener of presenceListeners) listener(actor, true)
    }
    const beating = setInterval(() => {
      beat()
      assertStill(socket, actor).catch((error) => log.warn({ err: error }, 'live: cannot ask who a window is'))
    }, PRESENCE_MS)
    beat()
    for (const [name, handle] of whispers) socket.on(name, (data: unknown) => handle(actor, data, socket))
    socket.on('disconnect', () => {
      clearInterval(beating)
      metrics.liveConnections.dec({ audience: 'operators' })
      const own = [...operators.sockets.values()].some(
        (other) => (other.data as { actor: Actor }).actor.operatorId === actor.operatorId,
      )
      if (!own) for (const listener of presenceListeners) listener(actor, false)
    })
    greet(socket, actor).catch((error) => {
      log.warn({ err: error }, 'live: replay failed')
      socket.disconnect(true)
    })
  })

  /** @returns why this window may not come in, as a problem's code */
  async function admit(socket: Socket): Promise<string | undefined> {
    const actor = await authenticate(socket.handshake.headers)
    if (!actor || !isOwnOrigin(socket.handshake.headers.origin, socket.handshake.headers.host, deps.publicUrl))
      return 'access.sign_in_required'
    socket.data = { actor }
    return undefined
  }

  /** The word that its operator left, or has other rights, may have been lost on the way to this process. */
  async function assertStill(socket: Socket, actor: Actor) {
    const still = await authenticate(socket.handshake.headers)
    // It connects again by itself, if it may.
    if (!still || still.role !== actor.role || String(roomsOf(still)) !== String(roomsOf(actor))) socket.conn.close()
  }

  /**
   * Tells a window what it missed, and from then on what happens, in order: what is told while the missed is read waits behind it. The
   * greeting comes last, so that a window whose connection breaks before it asks for all of that again. An event may come twice: the
   * window drops what it has.
   */
  async function greet(socket: Socket, actor: Actor) {
    const waiting = holdBack(socket)
    await socket.join(roomsOf(actor).map((name) => room(actor.workspaceId, name)))
    const after: unknown = socket.handshake.auth.after
    const { events, cursor, isComplete } = await database.transaction(actor.workspaceId, async (tx) => {
      const now = await currentCursor(tx)
      if (typeof after !== 'string' || !isEventCursor(after))
        return { events: [], cursor: now, isComplete: after === undefined }
      if (!(await isCursorCovered(tx, after))) return { events: [], cursor: now, isComplete: false }
      const missed = await readEvents(tx, { after, limit: MAX_REPLAY + 1 })
      if (missed.length > MAX_REPLAY) return { events: [], cursor: now, isComplete: false }
      return { events: missed, cursor: missed.at(-1)?.cursor ?? after, isComplete: true }
    })
    const since = waiting.filter((event) => isLaterCursor(event.cursor, cursor))
    for (const event of events) if (mayHear(actor, event)) socket.emit('event', forWindow(event))
    for (const event of since) socket.emit('event', forWindow(event))
    socket.emit('hello', { cursor: since.at(-1)?.cursor ?? cursor, isComplete })
    letThrough(socket)
  }

  let position: string | undefined
  let isFollowing = false
  let isPoked = false
  let isStopped = false
  async function follow() {
    isPoked = true
    if (isFollowing || isStopped || position === undefined) return
    isFollowing = true
    try {
      while (isPoked && !isStopped) {
        isPoked = false
        const after: string = position
        const { events, cursor, isMore, isHeldBack } = await followEvents(ownConnection, { after, limit: BATCH })
        tellWindows(operators, events)
        for (const { at } of events) metrics.eventLagSeconds.observe({}, Math.max(0, Date.now() - at.getTime()) / 1000)
        if (events.length > 0) for (const listener of eventListeners) listener(events)
        position = cursor
        if (isMore) isPoked = true
        else if (isHeldBack) setTimeout(() => void follow(), HELD_BACK_MS).unref()
      }
    } catch (error) {
      log.warn({ err: error }, 'live: cannot read events')
    } finally {
      isFollowing = false
    }
  }

  let fallback: NodeJS.Timeout | undefined
  bus.onPoke(() => void follow())
  bus.onMessage('whisper', (message) => {
    const { workspaceId, rooms, name, data } = message as {
      workspaceId: string
      rooms: string[]
      name: string
      data: unknown
    }
    operators.to(rooms.map((r) => room(workspaceId, r))).emit(name, data)
  })

  return {
    io,
    setAuthenticate: (next) => {
      authenticate = next
    },
    onWhisper: (name, handle) => whispers.set(name, handle),
    onPresence: (listener) => presenceListeners.push(listener),
    whisper: (workspaceId, rooms, name, data) => bus.publish('whisper', { workspaceId, rooms, name, data }),
    onEvents: (listener) => {
      eventListeners.add(listener)
      return () => eventListeners.delete(listener)
    },
    lookAgain: (operatorId) => {
      // A window joined its rooms with the old rights; it connects again by itself, if it may.
      for (const socket of operators.sockets.values())
        if ((socket.data as { actor: Actor }).actor.operatorId === operatorId) socket.conn.close()
      for (const listener of lookAgainListeners) listener(operatorId)
    },
    onLookAgain: (listener) => {
      lookAgainListeners.add(listener)
      return () => lookAgainListeners.delete(listener)
    },
    start: async () => {
      position = await database.system(currentCursor)
      fallback = setInterval(() => void follow(), FALLBACK_MS)
    },
    stop: async () => {
      isStopped = true
      clearInterval(fallback)
      await io.close()
      await ownConnection.end()
    },
  }
}

/** A page of another site must not open a window's connection with the operator's cookie. */
const isOwnOrigin = (origin: string | undefined, host: string | undefined, publicUrl: string) =>
  origin === undefined || origin === new URL(publicUrl).origin || URL.parse(origin)?.host === host
