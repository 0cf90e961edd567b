import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import {
  type ReceivedCall,
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../modules/channels/server/simulators/webhook-receiver.ts'
import type { Delivery, Webhook } from '../../modules/integrations/contract/index.ts'
import { eventually, type TestOkno, testPlatform } from './platform.ts'

/** Deliveries are jobs, so what is waited for takes a moment. */
const PATIENCE_MS = 8000

export const PERSON_EVENTS = ['customers.person_created', 'customers.person_changed']

/**
 * For a file of tests: Okno with a receiver of webhooks beside it, from before the first of them to after the last, and what they ask of the two.
 * Webhooks, the receiver's behaviour and the clock are put back after each.
 */
export function webhookTests() {
  let okno: TestOkno
  let shop: WebhookReceiver
  let later = 0
  beforeAll(async () => {
    okno = await testPlatform({ now: () => new Date(Date.now() + later) })
    shop = await startWebhookReceiver()
  })
  afterEach(async () => {
    later = 0
    shop.behave({ kind: 'answer', status: 200 })
    for (const { id } of (await okno.call('GET', '/webhooks')).body.items) await okno.call('DELETE', `/webhooks/${id}`)
  })
  afterAll(async () => {
    await okno.close()
    await shop.close()
  })

  const api: TestOkno['call'] = (...asked) => okno.call(...asked)
  const sql = (text: string, values: unknown[] = []) => okno.platform.database.pool.query(text, values)
  const callsTo = ({ url }: { url: string }) => shop.calls.filter(({ path }) => path === new URL(url).pathname)
  const until = (webhook: Webhook, count: number) =>
    eventually(() => (callsTo(webhook).length >= count ? callsTo(webhook) : null), PATIENCE_MS)
  const log = async ({ id }: Webhook, query = '') =>
    (await api('GET', `/webhooks/${id}/deliveries${query}`)).body.items as Delivery[]
  return {
    okno: () => okno,
    shop: () => shop,
    /** The clock of Okno runs ahead from now on. */
    goOn: (ms: number) => {
      later = ms
    },
    api,
    sql,
    aWebhook: async (draft: object = {}): Promise<Webhook & { secret: string }> => {
      const made = await api('POST', '/webhooks', {
        name: 'Магазин',
        url: `${shop.url}${crypto.randomUUID()}`,
        events: PERSON_EVENTS,
        allowPrivateAddresses: true,
        ...draft,
      })
      expect(made.status, JSON.stringify(made.body)).toBe(201)
      return made.body
    },
    callsTo,
    verified: ({ body, headers }: ReceivedCall, secret: string) =>
      // biome-ignore lint/suspicious/noExplicitAny: tests look into payloads freely
      new Verifier(secret).verify(body, headers as Record<string, string>) as any,
    until,
    untilLast: async (webhook: Webhook, count: number) => (await until(webhook, count))[count - 1] as ReceivedCall,
    aPerson: async (name: string) => (await api('POST', '/people', { name })).body.id as string,
    rename: (id: string, name: string) => api('PATCH', `/people/${id}`, { name }),
    log,
    read: async ({ id }: Webhook) => (await api('GET', `/webhooks/${id}`)).body as Webhook,
    patch: ({ id }: Webhook, to: object) => api('PATCH', `/webhooks/${id}`, to),
    /** What waits for its next try is tried now. */
    hurry: ({ id }: Webhook) =>
      sql('update integrations.deliveries set next_try_at = now() where webhook_id = $1 and next_try_at is not null', [
        id,
      ]),
    untilTried: (webhook: Webhook, check: (delivery: Delivery) => boolean) =>
      eventually(async () => (await log(webhook)).find(check), PATIENCE_MS),
  }
}
