import { setTimeout as pause } from 'node:timers/promises'
import { createGuardedFetch } from '#platform/server/guarded-fetch'
import type { Platform } from '#platform/server/platform'
import { postWebhook } from '#platform/server/webhooks'
import { type Claimed, claimDeliveries } from './deliveries.queries.ts'
import { failureOf, outcomeOf, type Try } from './outcome.ts'
import { payload } from './payload.ts'
import { recordTry } from './record-try.ts'
import type { WebhookMetrics } from './webhook-metrics.ts'
import { secretsOf } from './webhook-secrets.ts'
import { findWebhooks, type WebhookRow } from './webhooks.queries.ts'

/** Deliveries of one webhook that one process sends at the same time. */
const PARALLEL = 8
/** Longer than any try: a call ends after 10 s, and its result is stored at once. What is still being sent then belongs to a dead process. */
const LEASE_MS = 60_000
/** What becomes due within this time is claimed together. */
const GATHER_MS = 10
const UNWRITTEN = { reason: 'see the log of Okno', code: 'unwritten' } as const

/**
 * Sends what is due: each delivery is marked as being sent, in a committed transaction, before its receiver hears of it. What a killed process was
 * sending is sent again with the same id: at least once.
 */
export function createWebhookSender(platform: Platform, metrics: WebhookMetrics) {
  const { transaction, now } = platform
  const log = platform.log.child({ part: 'webhooks' })
  const publicFetch = createGuardedFetch({ allowPrivate: false })
  const anyFetch = createGuardedFetch({ allowPrivate: true })
  const record = recordTry(platform)
  /** Deliveries under way, by webhook. */
  const underWay = new Map<string, number>()
  const sending = new Set<Promise<void>>()
  /** Workspaces that are being looked through; true when somebody asked for it once more. */
  const awake = new Map<string, boolean>()
  const looking = new Set<Promise<void>>()
  let isStopped = true

  /** Sends what is due in a workspace, until nothing is left. Returns at once; the work goes on. */
  function wake(workspaceId: string) {
    if (isStopped) return
    const isLooking = awake.has(workspaceId)
    awake.set(workspaceId, true)
    if (isLooking) return
    const done = sendWhileAwake(workspaceId)
      .catch((error) => log.warn({ err: error, workspaceId }, 'cannot claim deliveries'))
      .finally(() => looking.delete(done))
    looking.add(done)
  }

  async function sendWhileAwake(workspaceId: string) {
    try {
      while (awake.get(workspaceId) && !isStopped) {
        awake.set(workspaceId, false)
        for (const { webhook, delivery } of await claim(workspaceId)) send(workspaceId, webhook, delivery)
        await pause(GATHER_MS)
      }
    } finally {
      awake.delete(workspaceId)
    }
  }

  const claim = (workspaceId: string) =>
    transaction(workspaceId, async (tx) => {
      const time = now()
      const leaseUntil = new Date(time.getTime() + LEASE_MS)
      const claimed = await claimDeliveries(tx, { perWebhook: PARALLEL, underWay, now: time, leaseUntil })
      const webhooks = await findWebhooks(tx, [...new Set(claimed.map(({ webhookId }) => webhookId))])
      const byId = new Map(webhooks.map((webhook) => [webhook.id, webhook]))
      return claimed.flatMap((delivery) => {
        const webhook = byId.get(delivery.webhookId)
        return webhook ? [{ webhook, delivery }] : []
      })
    })

  function send(workspaceId: string, webhook: WebhookRow, delivery: Claimed) {
    const count = (change: number) => underWay.set(webhook.id, (underWay.get(webhook.id) ?? 0) + change)
    count(1)
    const done = sendOne(workspaceId, webhook, delivery)
      // The lease ends, and it is sent again.
      .catch((error) => log.error({ err: error, deliveryId: delivery.id }, 'the fate of a delivery is not stored'))
      .finally(() => {
        sending.delete(done)
        count(-1)
        if (underWay.get(webhook.id) === 0) underWay.delete(webhook.id)
        // The next one of this lane may go now.
        wake(workspaceId)
      })
    sending.add(done)
  }

  async function sendOne(workspaceId: string, webhook: WebhookRow, delivery: Claimed) {
    const at = now()
    const ended = metrics.sendSeconds.startTimer()
    const started = performance.now()
    const { tried, body } = await tryOnce(workspaceId, webhook, delivery, at)
    const tookMs = Math.round(performance.now() - started)
    const outcome = outcomeOf({
      tried,
      attempts: delivery.attempts,
      firstTryAt: delivery.firstTryAt,
      now: now(),
      random: Math.random(),
    })
    ended({ outcome: outcome.state === 'delivered' ? 'taken' : 'answer' in tried ? 'refused' : 'no_answer' })
    if (outcome.state === 'delivered')
      metrics.deliverySeconds.observe({}, Math.max(0, now().getTime() - delivery.occurredAt.getTime()) / 1000)
    await record(workspaceId, { delivery, body, tried, outcome, at, tookMs })
  }

  async function tryOnce(
    workspaceId: string,
    webhook: WebhookRow,
    delivery: Claimed,
    at: Date,
  ): Promise<{ tried: Try; body: string | null }> {
    let { body } = delivery
    try {
      body ??= await payload(platform.http.ask, { workspaceId, withObject: webhook.withObject, delivery })
      const call = webhook.allowPrivateAddresses ? anyFetch : publicFetch
      const secrets = secretsOf(platform.secrets, webhook, at)
      const answer = await postWebhook(call, { url: webhook.url, id: delivery.eventId, body, secrets, at })
      return { tried: { answer }, body }
    } catch (error) {
      if (body !== null) return { tried: { failure: failureOf(error) }, body }
      log.error({ err: error, deliveryId: delivery.id }, 'a payload could not be made')
      return { tried: { failure: UNWRITTEN }, body: null }
    }
  }

  return {
    wake,
    start: () => {
      isStopped = false
    },
    /** Claims nothing more; resolves when what was claimed, also at this moment, was sent and recorded. */
    stop: async () => {
      isStopped = true
      await Promise.allSettled(looking)
      await Promise.allSettled(sending)
    },
  }
}
