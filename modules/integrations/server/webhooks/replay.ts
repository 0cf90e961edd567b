import { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import { defineJob, enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import type { ReplayRange } from '../../contract/index.ts'
import { holdLanes, type Place, replayEvents } from './collect.queries.ts'
import type { Collector } from './collect-events.ts'
import { hasDelivery, insertTest, releaseAll, releaseLane, restartDelivery } from './deliveries.queries.ts'
import { publicEvents } from './event-types.ts'
import { webhookNotFound } from './save-webhook.ts'
import { findWebhook } from './webhooks.queries.ts'

const BATCH = 500
const START: Place = { xid: '0', seq: 0 }

const replayJob = defineJob(
  'integrations.replay',
  z.object({ webhookId: z.uuid(), from: z.coerce.date(), to: z.coerce.date(), which: z.enum(['failed', 'all']) }),
)

/** Sending once more: one delivery, or all of a span of time; and a test. Each goes out with the id that it had. */
export function replays({ transaction, jobs, now }: Platform, { ask }: Pick<Collector, 'ask'>) {
  jobs.handle(replayJob, async ({ webhookId, from, to, which }, { workspaceId, signal }) => {
    let after: Place | null = START
    while (after && !signal?.aborted) {
      const place: Place = after
      after = await transaction(workspaceId, async (tx) => {
        // Removed or switched off meanwhile: nothing is left to do.
        if (!(await holdLanes(tx, 'update')) || (await findWebhook(tx, webhookId))?.state === 'off') return null
        const of = { webhookId, events: publicEvents.values(), from, to, which, limit: BATCH }
        const last = await replayEvents(tx, { ...of, after: place })
        if (!last) await releaseAll(tx, webhookId, now())
        return last
      })
    }
    // A repeated run finds what is queued already, and goes on.
    signal?.throwIfAborted()
    ask()
  })
  const noted = { object: 'integrations.webhook' }

  return {
    /** Id of the delivery, whose fate the log shows. Also while the webhook is paused or off. @throws Problem `integrations.webhook_not_found` */
    test: (actor: Actor, webhookId: string) =>
      transaction(actor.workspaceId, async (tx) => {
        if (!(await findWebhook(tx, webhookId))) throw webhookNotFound()
        const id = newId(now().getTime())
        const { operatorId, name } = actor
        await insertTest(tx, { id, webhookId, actor: { operatorId, name }, now: now() })
        tx.afterCommit(ask)
        return { deliveryId: id }
      }),

    /** One that is being sent right now is left to that. @throws Problem `integrations.webhook_not_found`, `.delivery_not_found` */
    one: (actor: Actor, webhookId: string, id: string, requestId: string) =>
      transaction(actor.workspaceId, async (tx) => {
        await holdLanes(tx, 'update')
        if (!(await findWebhook(tx, webhookId))) throw webhookNotFound()
        const restarted = await restartDelivery(tx, webhookId, id)
        if (!restarted) {
          if (await hasDelivery(tx, webhookId, id)) return
          throw deliveryNotFound()
        }
        await releaseLane(tx, webhookId, restarted.lane, now())
        const details = { deliveryId: id }
        await audit(tx, actor, {
          ...noted,
          action: 'integrations.delivery_replayed',
          id: webhookId,
          details,
          requestId,
        })
        tx.afterCommit(ask)
      }),

    /** Goes on in the background. @throws Problem `integrations.webhook_not_found`, `.webhook_off` */
    range: (actor: Actor, webhookId: string, range: ReplayRange, requestId: string) =>
      transaction(actor.workspaceId, async (tx) => {
        const webhook = await findWebhook(tx, webhookId)
        if (!webhook) throw webhookNotFound()
        if (webhook.state === 'off')
          throw new Problem('integrations.webhook_off', 409, 'Switch the webhook on before its events are replayed.')
        const { from, to, which } = range
        enqueue(tx, replayJob, { webhookId, from: new Date(from), to: new Date(to), which })
        await audit(tx, actor, {
          ...noted,
          action: 'integrations.range_replayed',
          id: webhookId,
          details: { ...range },
          requestId,
        })
      }),
  }
}

export const deliveryNotFound = () => new Problem('integrations.delivery_not_found', 404, 'There is no such delivery.')
