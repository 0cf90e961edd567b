import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from './log.ts'

/**
 * Short-lived words between processes: "there are new events", "Anna is typing". Nothing durable travels here; whoever misses
 * a word finds the facts in the database. PostgreSQL notifications, or Redis when one is configured.
 */
export interface Bus {
  /** Tells every process, this one included, that events were committed. Many calls within 5 ms become one. */
  poke(): void
  onPoke(listener: () => void): void
  /** Sends a small message (≤ 7 kB as JSON) to every process, this one included. */
  publish(topic: string, message: unknown): void
  onMessage(topic: string, listener: (message: unknown) => void): void
  /** False while words get lost. */
  isConnected(): boolean
  start(): Promise<void>
  stop(): Promise<void>
}

const CHANNEL = 'okno'
const POKE = 'poke'
const POKE_GATHER_MS = 5
/** PostgreSQL refuses notifications of 8000 bytes and more. */
const MAX_BYTES = 7000
const RECONNECT_MS = 500
/** A Redis that works is there by then; one that does not must not keep a server from starting. */
const REDIS_PATIENCE_MS = 2000

interface Wire {
  send(text: string): Promise<unknown>
  isConnected(): boolean
  start(receive: (text: string) => void): Promise<void>
  stop(): Promise<void>
}

export function createBus({ url, redisUrl, log }: { url: string; redisUrl?: string | undefined; log: Log }): Bus {
  const wire = redisUrl ? redisWire(redisUrl, log) : postgresWire(url, log)
  const listeners = new Map<string, ((message: unknown) => void)[]>()
  let gathering: NodeJS.Timeout | undefined
  let isStopping = false

  const publish = (topic: string, message: unknown) => {
    const text = JSON.stringify({ topic, message })
    if (Buffer.byteLength(text) > MAX_BYTES) throw new Error(`Too long for the bus: ${topic}`)
    wire.send(text).catch((error) => {
      if (!isStopping) log.warn({ err: error, topic }, 'bus: not sent')
    })
  }
  const on = (topic: string, listener: (message: unknown) => void) => {
    listeners.set(topic, [...(listeners.get(topic) ?? []), listener])
  }
  return {
    publish,
    onMessage: on,
    onPoke: (listener) => on(POKE, listener),
    isConnected: wire.isConnected,
    poke: () => {
      gathering ??= setTimeout(() => {
        gathering = undefined
        publish(POKE, null)
      }, POKE_GATHER_MS)
    },
    start: () =>
      wire.start((text) => {
        const { topic, message } = JSON.parse(text) as { topic: string; message: unknown }
        for (const listener of listeners.get(topic) ?? []) listener(message)
      }),
    stop: async () => {
      isStopping = true
      clearTimeout(gathering)
      await wire.stop()
    },
  }
}

/** LISTEN needs a connection of its own that lives as long as the process; it is opened again when it breaks. */
function postgresWire(url: string, log: Log): Wire {
  let client: pg.Client | undefined
  let stopped = false
  const connect = async (receive: (text: string) => void): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: 'okno bus' })
    next.on('notification', ({ payload }) => payload && receive(payload))
    next.on('error', (error) => log.warn({ err: error }, 'bus: connection lost'))
    await next.connect()
    await next.query(`listen ${CHANNEL}`)
    next.on('end', () => {
      client = undefined
      reconnectLater(receive)
    })
    client = next
  }
  const reconnectLater = (receive: (text: string) => void) => {
    if (stopped) return
    setTimeout(() => {
      connect(receive).catch((error) => {
        log.warn({ err: error }, 'bus: cannot connect')
        reconnectLater(receive)
      })
    }, RECONNECT_MS).unref()
  }
  // The driver takes one query at a time on a connection.
  let last: Promise<unknown> = Promise.resolve()
  return {
    send: (text) => {
      const sent = last.then(() => client?.query('select pg_notify($1, $2)', [CHANNEL, text]))
      last = sent.catch(() => undefined)
      return sent
    },
    isConnected: () => client !== undefined,
    start: connect,
    stop: async () => {
      stopped = true
      await client?.end()
    },
  }
}

/** Without Redis words get lost, and nothing else: the start does not wait for it, and nothing is kept for later. */
function redisWire(redisUrl: string, log: Log): Wire {
  const open = async () => {
    // Loaded here: most installations have no Redis and do without the library's memory.
    const { createClient } = await import('redis')
    const sender = createClient({ url: redisUrl, disableOfflineQueue: true })
    const receiver = createClient({ url: redisUrl })
    for (const client of [sender, receiver]) client.on('error', (error) => log.warn({ err: error }, 'bus: redis'))
    return { sender, receiver }
  }
  let clients: Awaited<ReturnType<typeof open>> | undefined
  return {
    send: async (text) => {
      if (!clients) throw new Error('The bus was not started.')
      await clients.sender.publish(CHANNEL, text)
    },
    isConnected: () => clients?.sender.isReady === true && clients.receiver.isReady,
    start: async (receive) => {
      clients = await open()
      const { sender, receiver } = clients
      const connecting = [sender.connect(), receiver.connect().then(() => receiver.subscribe(CHANNEL, receive))]
      // The client connects again for ever; it gives up only when it is closed.
      for (const one of connecting) one.catch((error) => log.warn({ err: error }, 'bus: not connected to redis'))
      await Promise.race([Promise.allSettled(connecting), delay(REDIS_PATIENCE_MS)])
    },
    stop: async () => {
      for (const client of Object.values(clients ?? {})) if (client.isOpen) client.destroy()
    },
  }
}
