import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Received } from './answers.ts'

/** A provider's side of the line, in a process of its own. */
export interface Receiver {
  readonly port: number
  /** Waits until so many answers have come, and hands them over. Throws when they stop coming. */
  takeWhen(count: number): Promise<Received[]>
  stop(): void
}

/** Without a single answer for so long nothing more is coming. */
const PATIENCE_MS = 30_000

export async function startReceiver(kind: 'email' | 'api'): Promise<Receiver> {
  const child = fork(path.join(import.meta.dirname, 'receiver-server.ts'), [kind])
  const answer = async <Answer>(order?: string): Promise<Answer> => {
    if (order) child.send(order)
    const [message] = await once(child, 'message')
    return message as Answer // what receiver-server.ts sends
  }
  const { port } = await answer<{ port: number }>()
  return {
    port,
    takeWhen: async (wanted) => {
      let last = { count: 0, atMs: performance.now() }
      for (;;) {
        const { count } = await answer<{ count: number }>('count')
        if (count >= wanted) break
        if (count > last.count) last = { count, atMs: performance.now() }
        if (performance.now() - last.atMs > PATIENCE_MS) throw new Error(`Only ${count} of ${wanted} answers came.`)
        await delay(50)
      }
      return (await answer<{ received: Received[] }>('take')).received
    },
    stop: () => child.kill(),
  }
}
