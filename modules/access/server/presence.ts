import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import type { Events } from '#platform/server/events'
import { defineJob, enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { type Actor, systemActor } from '#platform/shared/actor'
import { presenceChanged } from '../contract/index.ts'
import { deleteExpired } from './attempts.queries.ts'
import { findVanished, flipPresence, markGone, markSeen } from './presence.queries.ts'

/** A reload or a short loss of connection is not a departure. Longer than the 20 s between signs of life. */
const GRACE_MS = 30_000
/** Several windows of one operator write once. */
const WRITE_EVERY_MS = 10_000

const leave = defineJob('access.leave', z.object({ operatorId: z.uuid(), closedAt: z.coerce.date() }))

/** Tells others when somebody became present or no longer is; called after whatever it depends on was changed. */
export async function refreshPresence(
  tx: Tx,
  { events, now }: { events: Events; now: () => Date },
  actor: Actor,
  operatorId: string,
): Promise<void> {
  const isPresent = await flipPresence(tx, operatorId, now())
  if (isPresent !== undefined) await events.publish(tx, actor, presenceChanged, { operatorId, isPresent })
}

/** Follows the live connections of windows. Returns what to wait for before the database closes. */
export function followPresence({ transaction, database, events, jobs, live, log, now }: Platform) {
  const lastWritten = new Map<string, number>()
  const pending = new Set<Promise<void>>()

  async function seen(actor: Actor, operatorId: string) {
    const last = lastWritten.get(operatorId)
    if (last !== undefined && performance.now() - last < WRITE_EVERY_MS) return
    lastWritten.set(operatorId, performance.now())
    await transaction(actor.workspaceId, async (tx) => {
      await markSeen(tx, operatorId, now())
      await refreshPresence(tx, { events, now }, actor, operatorId)
    })
  }

  async function closed(actor: Actor, operatorId: string) {
    lastWritten.delete(operatorId)
    const closedAt = now()
    await transaction(actor.workspaceId, async (tx) => {
      const runAt = new Date(closedAt.getTime() + GRACE_MS)
      enqueue(tx, leave, { operatorId, closedAt }, { runAt, key: `access.leave ${operatorId}` })
    })
  }

  live.onPresence((actor, isHere) => {
    if (actor.operatorId === null) return
    const done = (isHere ? seen : closed)(actor, actor.operatorId)
      .catch((error) => log.warn({ err: error, operatorId: actor.operatorId }, 'presence: not written'))
      .finally(() => pending.delete(done))
    pending.add(done)
  })

  jobs.handle(leave, async ({ operatorId, closedAt }, { workspaceId }) => {
    await transaction(workspaceId, async (tx) => {
      await markGone(tx, operatorId, closedAt)
      await refreshPresence(tx, { events, now }, systemActor(workspaceId), operatorId)
    })
  })

  jobs.schedule('access.notice_vanished', '* * * * *', async () => {
    const vanished = await database.system((tx) => findVanished(tx, now()))
    for (const { workspaceId, operatorId } of vanished) {
      await transaction(workspaceId, (tx) => refreshPresence(tx, { events, now }, systemActor(workspaceId), operatorId))
    }
  })

  jobs.schedule('access.clean_up', '43 3 * * *', () => database.system((tx) => deleteExpired(tx, now())))

  return { settled: async () => void (await Promise.all(pending)) }
}
