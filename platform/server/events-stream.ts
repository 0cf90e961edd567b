import type { ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '#platform/shared/actor'
import { isLaterCursor } from '#platform/shared/event-cursor'
import { Problem } from '#platform/shared/problems'
import { currentCursor, isCursorCovered, isEventCursor, readEvents } from './events.queries.ts'
import type { StoredEvent } from './events.ts'
import { mayHear } from './live.ts'
import { isOutage } from './outage.ts'
import type { Platform } from './platform.ts'

/** Events read at once while a reader catches up. */
const BATCH = 500
/** A sign of life for proxies that end silent connections after 30 s, and the moment to ask whether the reader may still listen. */
const BEAT_MS = 20_000
/** A reader that has not taken so much of what happens is cut off; it resumes from its last id, and then at its own pace. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024

/**
 * `GET /api/v1/events`: what happens, as server-sent events, live, each at least once. `Last-Event-ID` or `after` resumes
 * behind an event; without them the stream begins now. A reader hears what they may see at that moment.
 */
export function eventStream({ http, database, live }: Pick<Platform, 'http' | 'database' | 'live'>) {
  const open = new Set<() => void>()

  /** Where to begin. @throws Problem `events.cursor` (400), `events.cursor_expired` (410) */
  const beginning = (actor: Actor, after: string | undefined) =>
    database.transaction(actor.workspaceId, async (tx) => {
      if (after === undefined) return currentCursor(tx)
      if (!isEventCursor(after)) throw new Problem('events.cursor', 400, 'This is not the id of an event.')
      if (!(await isCursorCovered(tx, after)))
        throw new Problem('events.cursor_expired', 410, 'Events behind this id are gone; load afresh and begin anew.')
      return after
    })

  async function stream(request: FastifyRequest, response: ServerResponse, after: string) {
    let { actor } = request
    let cursor = after
    /** True: reads what is stored, as fast as the reader takes it. False: passes on what this process hears. */
    let isBehind = false
    let isMore = false
    let mustLook = false
    const isOver = () => response.writableEnded || response.destroyed
    const pass = (events: readonly StoredEvent[]) => {
      for (const event of events) {
        if (!isLaterCursor(event.cursor, cursor)) continue
        cursor = event.cursor
        if (mayHear(actor, event)) response.write(asText(event))
      }
    }

    /** Whether the reader may still listen. A database that is away does not answer that; it tells nothing meanwhile either. */
    async function look() {
      const still = await http.authenticate(request).catch((error: unknown) => {
        if (isOutage(error)) return actor
        throw error
      })
      if (isOver()) return
      if (still) actor = still
      else end()
    }
    /** Reads on until this process can tell the reader all that comes. */
    async function catchUp() {
      isBehind = true
      do {
        if (mustLook) {
          mustLook = false
          await look()
        }
        if (isOver()) return
        isMore = false
        const events = await database.transaction(actor.workspaceId, (tx) =>
          readEvents(tx, { after: cursor, limit: BATCH, workspaceId: tx.workspaceId }),
        )
        // Asked whether these may be heard while they were read.
        if (mustLook) continue
        if (isOver()) return
        pass(events)
        if (events.length === BATCH) isMore = true
        if (response.writableNeedDrain) await roomIn(response)
      } while (isMore || mustLook)
      isBehind = false
    }
    const broke = (error: unknown) => {
      request.log.warn({ err: error }, 'events: the stream broke')
      response.destroy()
    }

    const stopListening = live.onEvents((events) => {
      isMore = true
      if (isBehind) return
      pass(events)
      if (response.writableLength > MAX_UNREAD_BYTES) response.destroy()
    })
    const stopLooking = live.onLookAgain((operatorId) => {
      if (operatorId !== actor.operatorId) return
      mustLook = true
      if (!isBehind) catchUp().catch(broke)
    })
    const beat = setInterval(() => {
      look().then(() => isOver() || response.write(': here\n\n'), broke)
    }, BEAT_MS)
    function end() {
      // First of all: what is written behind the end of an answer nobody takes would end the process.
      leave()
      response.end()
    }
    function leave() {
      open.delete(end)
      clearInterval(beat)
      stopListening()
      stopLooking()
    }
    open.add(end)
    response.once('close', leave)
    await catchUp().catch(broke)
  }

  http.register(
    async (plain) => {
      plain.withTypeProvider<ZodTypeProvider>().get(
        '/events',
        {
          config: { access: 'signed-in' },
          schema: {
            tags: ['Events'],
            summary: 'What happens, as server-sent events; resumable',
            querystring: z.object({ after: z.string().max(50).optional() }),
            headers: z.object({ 'last-event-id': z.string().max(50).optional() }),
            response: {
              200: z.string().describe('text/event-stream: `id` = cursor, `data` = {cursor, name, data, actor, at}'),
            },
          },
        },
        async (request, reply) => {
          const after = await beginning(request.actor, request.headers['last-event-id'] ?? request.query.after)
          reply.hijack()
          reply.raw.writeHead(200, {
            'content-type': 'text/event-stream; charset=utf-8',
            'cache-control': 'no-store',
            'x-accel-buffering': 'no',
          })
          reply.raw.write(`: from ${after}\n\n`)
          void stream(request, reply.raw, after)
        },
      )
    },
    { prefix: '/api/v1' },
  )

  return {
    /** Ends every stream: one never becomes idle, so a server that waits for its connections would wait for ever. */
    close: () => {
      for (const end of open) end()
    },
  }
}

const asText = ({ cursor, name, data, actor, at }: StoredEvent): string =>
  `id: ${cursor}\ndata: ${JSON.stringify({ cursor, name, data, actor, at })}\n\n`

/** Resolves when the reader has taken what lies ready for it, or is gone. */
const roomIn = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
