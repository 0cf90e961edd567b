import type { Platform } from '#platform/server/platform'
import { GIVE_UP_AFTER_MS } from '#platform/server/retry-pause'
import { systemActor } from '#platform/shared/actor'
import { webhookChanged } from '../../contract/index.ts'
import { holdLanes } from './collect.queries.ts'
import { type Claimed, insertAttempt, releaseLane, settleDelivery } from './deliveries.queries.ts'
import { TEST_TYPE } from './event-types.ts'
import type { Outcome, Try } from './outcome.ts'
import { findWebhook, lockWebhook, updateWebhook, type WebhookChange, type WebhookRow } from './webhooks.queries.ts'

/** Of an answer so much is kept for the log. */
const KEPT_ANSWER = 2000
/** The time of the last success is shown to people: exact enough, and no row is written for each event. */
const TAKEN_EVERY_MS = 10_000

/**
 * Stores what came of a try: for the log, for the delivery, for its webhook. Lets the next delivery of the object go. Switches the webhook off
 * when its receiver says that it is gone, or when nothing got through for three days.
 */
export const recordTry =
  ({ transaction, events, now }: Platform) =>
  (
    workspaceId: string,
    of: { delivery: Claimed; body: string | null; tried: Try; outcome: Outcome; at: Date; tookMs: number },
  ): Promise<void> =>
    transaction(workspaceId, async (tx) => {
      const { delivery, body, tried, outcome, at, tookMs } = of
      const { id, attempts, webhookId, lane } = delivery
      const time = now()
      await holdLanes(tx, 'share')
      const status = 'answer' in tried ? tried.answer.status : null
      const { state, nextTryAt, reason, reasonCode } = outcome
      // Taken up by another process after we stood still, or removed with its webhook.
      if (!(await settleDelivery(tx, { id, attempts, state, nextTryAt, status, reason, reasonCode, body, at: time })))
        return
      const answer = 'answer' in tried ? tried.answer.text.slice(0, KEPT_ANSWER).replaceAll('\0', '') : ''
      await insertAttempt(tx, { deliveryId: id, at, tookMs, status, reason, reasonCode, answer })
      if (state !== 'queued') await releaseLane(tx, webhookId, lane, time)
      const seen = await findWebhook(tx, webhookId)
      // Most tries change nothing about their webhook, and need not wait for one another.
      const webhook = seen && changeOf(seen, outcome, time) ? await lockWebhook(tx, webhookId) : undefined
      const change = webhook && changeOf(webhook, outcome, time)
      if (change) await updateWebhook(tx, webhookId, change)
      if (change || delivery.type === TEST_TYPE)
        await events.publish(tx, systemActor(workspaceId), webhookChanged, { webhookId }, { audience: ['supervisors'] })
    })

function changeOf(webhook: WebhookRow, outcome: Outcome, now: Date): WebhookChange | null {
  const { state, failingSince, lastTakenAt, lastReason } = webhook
  if (outcome.state === 'delivered') {
    const isNews = failingSince !== null || now.getTime() - (lastTakenAt?.getTime() ?? 0) >= TAKEN_EVERY_MS
    return isNews ? { failingSince: null, lastReason: null, lastReasonCode: null, lastTakenAt: now } : null
  }
  const said = { lastReason: outcome.reason, lastReasonCode: outcome.reasonCode }
  if (outcome.isGone && state !== 'off') return { ...said, state: 'off', offBecause: 'gone' }
  if (!failingSince) return { ...said, failingSince: now }
  if (state === 'active' && now.getTime() - failingSince.getTime() > GIVE_UP_AFTER_MS)
    return { ...said, state: 'off', offBecause: 'failing' }
  return lastReason === outcome.reason ? null : said
}
