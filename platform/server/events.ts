import { z } from 'zod'
import type { Actor } from '#platform/shared/actor'
import type { Changes } from '#platform/shared/changes'
import type { EventDefinition } from '#platform/shared/events'
import type { Bus } from './bus.ts'
import type { Database, Tx } from './database.ts'
import { defineJob, enqueue, type Jobs } from './jobs.ts'
import { noteInSpan } from './tracing.ts'

/** Rooms of people who may see an event: everybody of the workspace by default. */
export const EVERYBODY = 'workspace'

export interface Publishing {
  /** Rooms whose members may see the event, such as `team:<id>`; everybody of the workspace when left out. */
  readonly audience?: string[] | undefined
  /** Which fields changed and how: they reach neither screens nor `GET /events`, whose readers may not see every field. */
  readonly changes?: Changes | undefined
}

export interface Events {
  /**
   * Stores a fact in the caller's transaction, for subscribers, for screens and for `GET /events`. It is delivered if and only
   * if that transaction commits.
   */
  publish<Data>(tx: Tx, actor: Actor, event: EventDefinition<Data>, data: Data, options?: Publishing): Promise<void>
  /**
   * Runs `handle` at least once for every such event, each in its own transaction with its own retries. Subscribe while
   * modules are being created, before the first event. `handle` is idempotent.
   */
  subscribe<Data>(
    event: EventDefinition<Data>,
    subscriber: string,
    handle: (tx: Tx, data: Data) => Promise<void>,
    options?: { queue?: (data: Data) => string },
  ): void
}

export function createEvents(database: Database, jobs: Jobs, bus: Bus): Events {
  const subscriptions = new Map<string, ((tx: Tx, data: unknown) => void)[]>()
  return {
    publish: async (tx, actor, event, data, { audience = [EVERYBODY], changes } = {}) => {
      tx.outbox.events.push({
        name: event.name,
        data,
        actor: { operatorId: actor.operatorId, name: actor.name },
        audience,
        changes: changes ?? null,
      })
      noteInSpan(event.name)
      for (const enqueueFor of subscriptions.get(event.name) ?? []) enqueueFor(tx, data)
      tx.afterCommit(() => bus.poke())
    },
    subscribe: (event, subscriber, handle, options) => {
      const job = defineJob(`${subscriber} ← ${event.name}`, event.data as z.ZodType<unknown>)
      jobs.handle(job, async (data, { workspaceId }) => {
        await database.transaction(workspaceId, (tx) => handle(tx, event.data.parse(data)))
      })
      const list = subscriptions.get(event.name) ?? []
      list.push((tx, data) => {
        const queue = options?.queue?.(event.data.parse(data))
        enqueue(tx, job, data, queue === undefined ? {} : { queue })
      })
      subscriptions.set(event.name, list)
    },
  }
}

/** An event as readers get it. `cursor` orders events and resumes a broken stream. */
export const storedEvent = z.object({
  cursor: z.string(),
  name: z.string(),
  data: z.unknown(),
  actor: z.object({ operatorId: z.string().nullable(), name: z.string() }),
  at: z.date(),
})
export type StoredEvent = z.infer<typeof storedEvent> & { workspaceId: string; audience: string[] }
