import type { ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { currentCursor, isCursorCovered, isEventCursor, readEvents } from './events.queries.ts'
import type { StoredEvent } from './events.ts'
import { mayHear } from './live.ts'
import type { Platform } from './platform.ts'

/** Events read at once while a reader catches up. */
const BATCH = 500
/** A sign of life for proxies that end silent connections after 30 s, and the moment to ask whether the reader may still listen. */
const BEAT_MS = 20_000
/** A reader that has not taken so much is cut off; it resumes from its last id. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024

/**
 * `GET /api/v1/events`: what happens, as server-sent events, live, each at least once. `Last-Event-ID` or `after` resumes
 * behind an event; without them the stream begins now. A reader hears what they may see at that moment.
 */
export function eventStream({ http, database, live }: Pick<Platform, 'http' | 'database' | 'live'>) {
  const open = new Set<ServerResponse>()

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
    let early: StoredEvent[] | undefined = []
    const pass = (events: readonly StoredEvent[]) => {
      for (const event of events) {
        if (!isBehind(event.cursor, cursor)) continue
        cursor = event.cursor
        if (mayHear(actor, event)) response.write(asText(event))
      }
      if (response.writableLength > MAX_UNREAD_BYTES) response.destroy()
    }
    // Listens first and reads what was before second: what comes between is kept, and told once.
    const stopListening = live.onEvents((events) => (early ? void early.push(...events) : pass(events)))
    const beat = setInterval(async () => {
      const still = await http.authenticate(request).catch(() => null)
      if (!still) return void response.end()
      actor = still
      response.write(': here\n\n')
    }, BEAT_MS)
    open.add(response)
    response.once('close', () => {
      open.delete(response)
      clearInterval(beat)
      stopListening()
    })

    for (let more = true; more && !response.destroyed; ) {
      const events = await database.transaction(actor.workspaceId, (tx) =>
        readEvents(tx, { after: cursor, limit: BATCH, workspaceId: tx.workspaceId }),
      )
      pass(events)
      more = events.length === BATCH
    }
    pass(early)
    early = undefined
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
          stream(request, reply.raw, after).catch((error) => {
            request.log.warn({ err: error }, 'events: the stream broke')
            reply.raw.destroy()
          })
        },
      )
    },
    { prefix: '/api/v1' },
  )

  return {
    /** Ends every stream: one never becomes idle, so a server that waits for its connections would wait for ever. */
    close: () => {
      for (const response of open) response.end()
    },
  }
}

const asText = ({ cursor, name, data, actor, at }: StoredEvent): string =>
  `id: ${cursor}\ndata: ${JSON.stringify({ cursor, name, data, actor, at })}\n\n`

/** True when `cursor` comes after `other` in the order of events. */
function isBehind(cursor: string, other: string): boolean {
  const [xid = '0', seq = '0'] = cursor.split('-')
  const [otherXid = '0', otherSeq = '0'] = other.split('-')
  return BigInt(xid) > BigInt(otherXid) || (xid === otherXid && BigInt(seq) > BigInt(otherSeq))
}
