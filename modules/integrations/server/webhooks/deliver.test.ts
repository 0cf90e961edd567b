import { afterEach, expect, test } from 'vitest'
import { createMetrics } from '#platform/server/metrics'
import { webhookTests } from '../../../../tests/support/webhooks.ts'
import { createWebhookSender } from './deliver.ts'
import { claimDeliveries } from './deliveries.queries.ts'
import { failureOf, outcomeOf } from './outcome.ts'
import { recordTry } from './record-try.ts'
import { webhookMetrics } from './webhook-metrics.ts'

const { okno, aWebhook, aPerson, patch, log, sql, callsTo } = webhookTests()

afterEach(() => okno().modules.integrations.start(new Set(['worker'] as const)))

/** A webhook with one delivery that is due, while no process sends. */
async function oneDue() {
  const webhook = await aWebhook()
  await patch(webhook, { state: 'paused' })
  await aPerson('Ждёт отправки')
  await expect.poll(async () => (await log(webhook)).length).toBe(1)
  await okno().modules.integrations.stop()
  await sql(`update integrations.webhooks set state = 'active' where id = $1`, [webhook.id])
  return webhook
}

test('who stops while it takes deliveries up still sends these, and stores what came of them', async () => {
  const webhook = await oneDue()
  const { platform, workspaceId } = okno()
  const sender = createWebhookSender(platform, webhookMetrics({ ...platform, metrics: createMetrics() }))
  const holder = await platform.database.pool.connect()
  await holder.query('begin; lock table integrations.deliveries in exclusive mode')
  sender.start()
  sender.wake(workspaceId)
  const waiting = `select from pg_locks where not granted and relation = 'integrations.deliveries'::regclass`
  await expect.poll(async () => (await sql(waiting)).rowCount).toBeGreaterThan(0)

  const stopped = sender.stop()
  await holder.query('rollback')
  holder.release()
  await stopped

  expect(await log(webhook)).toMatchObject([{ state: 'delivered' }])
  expect(callsTo(webhook)).toHaveLength(1)
})

test('what came of a try is not taken for the fate of the one that another process has begun since', async () => {
  const webhook = await oneDue()
  const { platform, workspaceId } = okno()
  const at = new Date()
  const of = { perWebhook: 8, underWay: new Map(), now: at, leaseUntil: at }
  const [delivery] = await platform.transaction(workspaceId, (tx) => claimDeliveries(tx, of))
  if (!delivery) throw new Error('Nothing is due.')
  // As it stands when the first process stood still for longer than its lease.
  await sql('update integrations.deliveries set attempts = attempts + 1 where id = $1', [delivery.id])

  const tried = { failure: failureOf(new Error('no connection')) }
  const outcome = outcomeOf({ tried, attempts: 1, firstTryAt: at, now: at, random: 0.5 })
  await recordTry(platform)(workspaceId, { delivery, body: '{}', tried, outcome, at, tookMs: 1 })

  expect(await log(webhook)).toMatchObject([{ state: 'sending', attempts: 2 }])
})
