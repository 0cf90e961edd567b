import { expect, test } from 'vitest'
import { readEvents } from '../../../../platform/server/events.queries.ts'
import { eventually } from '../../../../tests/support/platform.ts'
import { PERSON_EVENTS, webhookTests } from '../../../../tests/support/webhooks.ts'
import type { DeliveryDetails } from '../../contract/index.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const { okno, shop, goOn, api, sql, aWebhook, callsTo, verified, until, untilLast, ...more } = webhookTests()
const { aPerson, rename, log, read, patch, hurry, untilTried } = more

test('what happened arrives signed, with the object as the API shows it, and stands in the log', async () => {
  const webhook = await aWebhook()
  const personId = await aPerson('Анна Смирнова')

  const call = await untilLast(webhook, 1)
  const payload = verified(call, webhook.secret)

  expect(payload).toMatchObject({
    type: 'customers.person_created',
    version: 1,
    workspaceId: okno().workspaceId,
    actor: { operatorId: okno().admin.operatorId },
    data: { personId },
    object: { id: personId, name: 'Анна Смирнова' },
  })
  expect(payload.object).not.toHaveProperty('can')
  expect(call.headers['webhook-id']).toBe(payload.id)
  const delivered = await untilTried(webhook, ({ state }) => state === 'delivered')
  expect(delivered).toMatchObject({ eventId: payload.id, object: `person:${personId}`, attempts: 1, status: 200 })
  const details: DeliveryDetails = (await api('GET', `/webhooks/${webhook.id}/deliveries/${delivered.id}`)).body
  expect(details.body).toBe(call.body)
  expect(details.tries).toMatchObject([{ status: 200, reason: null }])
})

test('a change names its fields with the values before and after; screens hear of it without them', async () => {
  const rights = { read: 'administrator', edit: 'administrator' }
  const field = { key: 'secret_tariff', type: 'text', label: { ru: 'Тариф', en: 'Tariff' }, rights }
  expect((await api('POST', '/objects/person/fields', field)).status).toBe(201)
  const webhook = await aWebhook()
  const personId = await aPerson('Зоя Тарасова')
  await api('PATCH', `/people/${personId}`, {
    stage: 'customer',
    emails: ['zoya@tarasova.example'],
    custom: { secret_tariff: 'Личный-77' },
  })
  const told = () => callsTo(webhook).map((call) => verified(call, webhook.secret))
  const changed = await eventually(() => told().find(({ type }) => type === 'customers.person_changed'))

  expect(told()[0]).toMatchObject({ type: 'customers.person_created', changes: null })
  expect(changed.changes).toEqual({
    stage: { before: 'lead', after: 'customer' },
    identities: {},
    'custom.secret_tariff': { before: null, after: 'Личный-77' },
  })
  // What windows and `GET /events` are told: an operator, who may not see this field, reads the same events.
  const of = { after: '0-0', limit: 10_000, workspaceId: okno().workspaceId }
  const events = JSON.stringify(await okno().platform.database.system((tx) => readEvents(tx, of)))
  expect(events).toContain(personId)
  expect(events).not.toContain('Личный-77')
})

test('what changed on the card of an erased person is told to nobody any more', async () => {
  const webhook = await aWebhook()
  await patch(webhook, { state: 'paused' })
  const personId = await aPerson('Глеб Стёртый')
  await api('PATCH', `/people/${personId}`, { city: 'Китеж', note: 'Боится собак' })
  const waiting = () => log(webhook, '?state=waiting')
  await eventually(async () => (await waiting()).length === 2)

  const erased = await api('POST', `/people/${personId}/erasure`, { name: 'Глеб Стёртый', ground: 'request' })
  expect(erased.status).toBe(201)
  await patch(webhook, { state: 'active' })
  const calls = await until(webhook, 3)

  expect(calls.map(({ body }) => JSON.parse(body).changes)).toEqual([null, null, null])
  const from = new Date(Date.now() - 60_000).toISOString()
  const to = new Date(Date.now() + 60_000).toISOString()
  await api('POST', `/webhooks/${webhook.id}/replay`, { from, to, which: 'all' })
  expect(JSON.stringify((await until(webhook, 6)).map(({ body }) => body))).not.toMatch(/Китеж|собак/)
})

test('without objects only ids and names of fields go out; what was not asked for is not told', async () => {
  const webhook = await aWebhook({ withObject: false, events: ['customers.person_changed'] })
  const personId = await aPerson('Олег')
  await rename(personId, 'Олег Котов')

  const call = await untilLast(webhook, 1)

  expect(verified(call, webhook.secret)).toMatchObject({
    type: 'customers.person_changed',
    data: { personId },
    changes: { name: {} },
    object: null,
  })
})

test('events of one object arrive in order, those of others do not wait', async () => {
  const webhook = await aWebhook()
  shop().behave({ kind: 'answer', status: 500, body: 'не сегодня' }, 1)
  const first = await aPerson('Первая')
  const failed = await untilTried(webhook, ({ attempts, state }) => attempts === 1 && state === 'queued')
  expect(failed).toMatchObject({ status: 500, reason: '500: не сегодня', reasonCode: 'refused' })
  await rename(first, 'Первая А')
  await rename(first, 'Первая Б')
  const second = await aPerson('Вторая')

  const told = () => callsTo(webhook).map((call) => verified(call, webhook.secret))
  await eventually(() => told().some(({ data }) => data.personId === second))
  expect(told().filter(({ data }) => data.personId === first)).toHaveLength(1)

  await hurry(webhook)
  await until(webhook, 5)
  const ofFirst = told().filter(({ data }) => data.personId === first)
  expect(ofFirst.map(({ type }) => type)).toEqual([
    'customers.person_created',
    'customers.person_created',
    'customers.person_changed',
    'customers.person_changed',
  ])
  expect(ofFirst[0].id).toBe(ofFirst[1].id)
  expect(callsTo(webhook)[0]?.body).toBe(
    callsTo(webhook).find(({ status, body }) => status === 200 && JSON.parse(body).id === ofFirst[0].id)?.body,
  )
})

test('a receiver that asks for time gets it; a redirect is not followed; a cut line is tried again', async () => {
  const slow = await aWebhook()
  shop().behave({ kind: 'answer', status: 429, headers: { 'retry-after': '3600' } }, 1)
  await aPerson('Ждёт')
  const waits = await untilTried(slow, ({ status }) => status === 429)
  expect(new Date(waits.nextTryAt ?? 0).getTime()).toBeGreaterThan(Date.now() + 3500_000)
  await api('DELETE', `/webhooks/${slow.id}`)

  const moved = await aWebhook()
  shop().behave({ kind: 'answer', status: 302, headers: { location: `${shop().url}elsewhere` } }, 1)
  await aPerson('Переехал')
  expect(await untilTried(moved, ({ status }) => status === 302)).toMatchObject({ state: 'queued' })
  expect(shop().calls.some(({ path }) => path === '/elsewhere')).toBe(false)
  await api('DELETE', `/webhooks/${moved.id}`)

  const cut = await aWebhook()
  shop().behave({ kind: 'cut' }, 1)
  await aPerson('Оборван')
  expect(await untilTried(cut, ({ attempts, state }) => attempts === 1 && state !== 'sending')).toMatchObject({
    state: 'queued',
    status: null,
  })
  await hurry(cut)
  await untilTried(cut, ({ state }) => state === 'delivered')
  const ids = callsTo(cut).map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(1)
})

test('an address in a private network is not called unless that is allowed', async () => {
  const port = new URL(shop().url).port
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433']) {
    const webhook = await aWebhook({ url: `http://${host}:${port}/inner`, allowPrivateAddresses: false })
    await api('POST', `/webhooks/${webhook.id}/test`)
    const refused = await untilTried(webhook, ({ reason }) => reason !== null)
    expect(refused.reason, host).toContain('private address')
  }
  expect(shop().calls.some(({ path }) => path === '/inner')).toBe(false)
})

test('410 switches a webhook off; switched on again it goes on, and a replay brings what was missed with the same ids', async () => {
  const webhook = await aWebhook({ events: ['customers.person_created'] })
  shop().behave({ kind: 'answer', status: 410 }, 1)
  const from = new Date().toISOString()
  const first = await aPerson('До')
  await eventually(async () => (await read(webhook)).state === 'off')
  expect(await read(webhook)).toMatchObject({ offBecause: 'gone' })
  const missed = await aPerson('Во время')
  await eventually(async () => {
    const { rows } = await sql(
      `select from integrations.positions p where (p.xid, p.seq) >= (select xid, seq from platform.events where data ->> 'personId' = $1 limit 1)`,
      [missed],
    )
    return rows.length > 0
  })

  await patch(webhook, { state: 'active' })
  await until(webhook, 2)
  const last = await aPerson('После')
  await until(webhook, 3)
  const told = () => callsTo(webhook).map((call) => verified(call, webhook.secret))
  expect(told().map(({ data }) => data.personId)).toEqual([first, first, last])

  const to = new Date(Date.now() + 60_000).toISOString()
  await api('POST', `/webhooks/${webhook.id}/replay`, { from, to })
  await until(webhook, 4)
  expect(told()[3]?.data.personId).toBe(missed)

  await api('POST', `/webhooks/${webhook.id}/replay`, { from, to, which: 'all' })
  await until(webhook, 7)
  expect(new Set(told().map(({ id }) => id)).size).toBe(3)
})

test('a paused webhook keeps what happens; one delivery can be sent once more', async () => {
  const webhook = await aWebhook()
  await patch(webhook, { state: 'paused' })
  const personId = await aPerson('Пауза')
  await rename(personId, 'Пауза Вторая')
  await eventually(async () => (await log(webhook, '?state=waiting')).length === 2)
  await api('POST', `/webhooks/${webhook.id}/test`)
  expect(verified(await untilLast(webhook, 1), webhook.secret).type).toBe('integrations.test')

  await patch(webhook, { state: 'active' })
  await until(webhook, 3)
  const types = callsTo(webhook).map(({ body }) => JSON.parse(body).type)
  expect(types).toEqual(['integrations.test', 'customers.person_created', 'customers.person_changed'])

  const created = await untilTried(webhook, ({ type, state }) => type === PERSON_EVENTS[0] && state === 'delivered')
  const answer = await api('POST', `/webhooks/${webhook.id}/deliveries/${created.id}/replay`)
  expect(answer.status).toBe(202)
  const calls = await until(webhook, 4)
  expect(calls[3]?.headers['webhook-id']).toBe(created.eventId)
  expect(calls[3]?.body).toBe(calls[1]?.body)
})

test('what a killed process was sending is sent again with the same id', async () => {
  const webhook = await aWebhook()
  await aPerson('Прервана')
  const delivered = await untilTried(webhook, ({ state }) => state === 'delivered')
  // As it stands when the process dies between the call and its record.
  await sql(
    `update integrations.deliveries set state = 'sending', settled_at = null, lease_until = now() - interval '1 second' where id = $1`,
    [delivered.id],
  )
  const calls = await eventually(() => (callsTo(webhook).length === 2 ? callsTo(webhook) : null))
  expect(calls[1]?.headers['webhook-id']).toBe(calls[0]?.headers['webhook-id'])
})

test('a new secret is valid beside the old one for a day', async () => {
  const webhook = await aWebhook()
  const renewed = (await api('POST', `/webhooks/${webhook.id}/secret`)).body
  await aPerson('Ключи')
  const call = await untilLast(webhook, 1)
  expect(verified(call, webhook.secret).id).toBe(verified(call, renewed.secret).id)

  goOn(DAY_MS + 1000)
  await aPerson('Ключ')
  const calls = await until(webhook, 2)
  expect(calls[1]?.headers['webhook-signature']).toMatch(/^v1,\S+$/)
})

test('after three days without success a delivery is given up and the webhook is off, and the health page says so', async () => {
  const webhook = await aWebhook()
  shop().behave({ kind: 'answer', status: 503 })
  await aPerson('Потеряна')
  await untilTried(webhook, ({ attempts, state }) => attempts === 1 && state === 'queued')
  expect((await api('GET', '/health')).body.parts).toContainEqual(
    expect.objectContaining({ code: 'integrations.webhook_failing', name: 'Магазин', state: 'warning' }),
  )

  goOn(3 * DAY_MS + 60_000)
  await eventually(async () => (await read(webhook)).state === 'off')

  expect(await read(webhook)).toMatchObject({ offBecause: 'failing' })
  expect(await log(webhook)).toMatchObject([{ state: 'given_up', attempts: 2 }])
  expect((await api('GET', '/health')).body.parts).toContainEqual(
    expect.objectContaining({ code: 'integrations.webhook_off', state: 'failing' }),
  )
})

test('a secret is told once and lies sealed', async () => {
  const webhook = await aWebhook()
  const seen = [await api('GET', '/webhooks'), await api('GET', `/webhooks/${webhook.id}`)]
  seen.push(await patch(webhook, { name: 'Склад' }))
  const { rows } = await sql('select to_jsonb(w) as row from integrations.webhooks w')
  for (const one of [...seen, rows]) expect(JSON.stringify(one)).not.toContain(webhook.secret.slice(6))
})

test('the log is read page by page', async () => {
  const webhook = await aWebhook()
  for (const name of ['А', 'Б', 'В']) await aPerson(name)
  await until(webhook, 3)
  const all = await log(webhook)
  const first = (await api('GET', `/webhooks/${webhook.id}/deliveries?limit=2`)).body
  const next = (await api('GET', `/webhooks/${webhook.id}/deliveries?limit=2&cursor=${first.nextCursor}`)).body
  expect([...first.items, ...next.items].map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  expect(next.nextCursor).toBeNull()
})
