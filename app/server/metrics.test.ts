import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '#platform/server/free-port'
import { openShop, type Shop } from '../../tests/support/api-channel.ts'
import { eventually, type TestOkno, testPlatform } from '../../tests/support/platform.ts'

let okno: TestOkno
let shop: Shop
beforeAll(async () => {
  okno = await testPlatform()
  shop = await openShop(okno)
})
afterAll(async () => {
  await okno.close()
  await shop.close()
})

const page = async () => (await fetch(`${okno.url}/metrics`)).text()

/** Sum of a sample over the label values that are left open; 0 when it is not there. */
function sample(text: string, name: string, labels: Record<string, string> = {}): number {
  let sum = 0
  for (const line of text.split('\n')) {
    if (!line.startsWith(`${name}{`) && !line.startsWith(`${name} `)) continue
    if (Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)))
      sum += Number(line.slice(line.lastIndexOf(' ') + 1))
  }
  return sum
}

test('a message that comes in and its answer that goes out move the histogram of every stage', async () => {
  const before = await page()
  await shop.write('Когда привезёте?')
  const conversation = await shop.conversation()
  await okno.call('POST', `/conversations/${conversation}/replies`, { text: 'Завтра' })
  await eventually(() => shop.receiver.calls.length > 0)

  const api = { channel: 'api' }
  const stages: [histogram: string, labels: Record<string, string>][] = [
    ['okno_http_request_seconds', { method: 'POST', route: '/in/:key', status: '202' }],
    ['okno_http_request_seconds', { route: '/api/v1/conversations/:id/replies' }],
    ['okno_arrival_store_seconds', { outcome: 'stored' }],
    ['okno_arrival_wait_seconds', api],
    ['okno_arrival_normalise_seconds', api],
    ['okno_arrival_receive_seconds', api],
    ['okno_identify_seconds', { outcome: 'done' }],
    ['okno_intake_seconds', api],
    ['okno_routing_seconds', { outcome: 'done' }],
    ['okno_event_lag_seconds', {}],
    ['okno_delivery_wait_seconds', api],
    ['okno_delivery_send_seconds', { ...api, outcome: 'sent' }],
    ['okno_delivery_seconds', api],
    ['okno_job_wait_seconds', { job: 'customers.follow_cards' }],
    ['okno_job_seconds', { job: 'customers.follow_cards', outcome: 'done' }],
    ['okno_database_pool_wait_seconds', {}],
    ['okno_database_transaction_seconds', { outcome: 'committed' }],
    ['okno_file_store_seconds', { operation: 'write', outcome: 'done' }],
  ]
  const still = async () => {
    const after = await page()
    return stages
      .filter(([name, labels]) => sample(after, `${name}_count`, labels) <= sample(before, `${name}_count`, labels))
      .map(([name, labels]) => `${name} ${JSON.stringify(labels)}`)
  }
  await eventually(async () => (await still()).length === 0).catch(() => undefined)
  expect(await still()).toEqual([])
})

test('gauges tell what stands and waits', async () => {
  const text = await page()

  expect(sample(text, 'okno_database_up')).toBe(1)
  expect(sample(text, 'okno_database_pool_connections')).toBeGreaterThan(0)
  expect(sample(text, 'okno_data_free_bytes')).toBeGreaterThan(0)
  expect(sample(text, 'process_resident_memory_bytes')).toBeGreaterThan(0)
  for (const name of ['okno_jobs_waiting', 'okno_jobs_oldest_seconds', 'okno_jobs_failed'])
    expect(text).toContain(`${name}{job="channels.deliver"}`)
  for (const name of ['arrivals_waiting', 'arrivals_oldest_seconds', 'deliveries_waiting', 'accounts_failing'])
    expect(text).toContain(`okno_${name}{channel="api"}`)
})

test('no label carries an id, an address or a workspace', async () => {
  const text = await page()

  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
  expect(text).not.toContain('@')
  const labels = [...text.matchAll(/[{,]([a-z_]+)="/g)].map(([, label]) => label)
  const ours = ['audience', 'channel', 'job', 'method', 'metric', 'operation', 'outcome', 'route', 'state', 'status']
  const ofTheProcess = ['kind', 'le', 'major', 'minor', 'patch', 'space', 'type', 'version']
  expect(labels.filter((label) => ![...ours, ...ofTheProcess].includes(label ?? ''))).toEqual([])
})

test('a worker tells its own on a port that answers nothing else', async () => {
  const port = await freePort()
  await okno.another({ OKNO_ROLES: 'worker', OKNO_MONITOR_PORT: String(port) })
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status

  expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain('okno_job_seconds')
  expect([await ask('/healthz'), await ask('/readyz'), await ask('/'), await ask('/api/v1/me')]).toEqual([
    200, 200, 404, 404,
  ])
})

test('whoever asks from the internet learns nothing', async () => {
  const outside = { headers: { 'x-forwarded-for': '203.0.113.7' } }

  expect((await fetch(`${okno.url}/metrics`, outside)).status).toBe(404)
  expect((await fetch(`${okno.url}/metrics`)).status).toBe(200)
})
