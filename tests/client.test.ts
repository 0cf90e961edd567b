import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Webhook as Signer } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Okno, OknoProblem, verifyWebhook } from '../clients/typescript/src/index.ts'
import { API_KEY, eventually, type TestOkno, testPlatform } from './support/platform.ts'

const run = promisify(execFile)
const ROOT = path.resolve(import.meta.dirname, '..')
const CLIENT = path.join(ROOT, 'clients/typescript')

let okno: TestOkno
let client: Okno
beforeAll(async () => {
  okno = await testPlatform()
  client = new Okno({ url: okno.url, key: API_KEY })
})
afterAll(() => okno.close())

test('packed and installed into an empty folder without a network, the example has its types and runs', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'okno-client-'))
  try {
    await run('npm', ['pack', '--pack-destination', folder], { cwd: CLIENT })
    const [packed = ''] = await readdir(folder)
    await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }')
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${packed}`], { cwd: folder })
    await copyFile(path.join(CLIENT, 'example/example.ts'), path.join(folder, 'example.ts'))
    const compilerOptions = {
      strict: true,
      module: 'nodenext',
      target: 'es2022',
      noEmit: true,
      types: ['node'],
      typeRoots: [path.join(ROOT, 'node_modules/@types')],
    }
    await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['example.ts'] }))
    await run(process.execPath, [path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder])

    const env = { ...process.env, OKNO_URL: okno.url, OKNO_KEY: API_KEY }
    const { stdout } = await run(process.execPath, ['example.ts'], { cwd: folder, env, timeout: 20_000 })
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'Анна Смирнова lead',
      'no such person',
      expect.stringMatching(/^changed [0-9a-f-]{36}$/),
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('everything that the screens ask for is in the public API', async () => {
  const types = await readFile(path.join(CLIENT, 'src/api.ts'), 'utf8')
  const routes = new Set<string>()
  let method = ''
  for (const line of types.slice(types.indexOf('export interface Routes')).split('\n')) {
    method = /^ {2}(\w+): \{/.exec(line)?.[1] ?? method
    const route = /^ {4}'([^']+)':/.exec(line)?.[1]
    if (route) routes.add(`${method} ${route.replaceAll(/\{\w+\}/g, '*')}`)
  }
  const asked = new Set<string>()
  for (const file of globSync('{app,modules/*}/web/**/*.{ts,tsx}', { cwd: ROOT })) {
    const code = await readFile(path.join(ROOT, file), 'utf8')
    for (const [, verb, address = ''] of code.matchAll(/\bapi\s*\.(\w+)(?:<[^(]*>)?\(\s*[`']([^`'?]+)/g))
      asked.add(`${verb} ${address.replaceAll(/\$\{[^}]+\}/g, '*')}`)
  }

  expect(asked.size).toBeGreaterThan(80)
  // Signing in is for browsers: it answers with a cookie.
  const isOffered = (one: string) => {
    // A step may be a word that the screen chooses: "undo" or "stop".
    const form = new RegExp(`^${one.replaceAll('*', '[^/]+')}$`)
    return routes.has(one) || routes.values().some((route) => form.test(route))
  }
  const missing = [...asked].filter((one) => !isOffered(one) && !one.includes(' /api/auth/'))
  expect(missing).toEqual([])
})

test('a list is walked to its end', async () => {
  for (let i = 0; i < 5; i++) await client.post('/companies', { body: { name: `Компания ${i}` } })
  const names: string[] = []
  for await (const { name } of client.each('/companies', { query: { limit: 2 } })) names.push(name)
  expect(names.filter((name) => name.startsWith('Компания')).sort()).toEqual(
    [0, 1, 2, 3, 4].map((i) => `Компания ${i}`),
  )
})

test('a refusal carries its code, the wrong fields and the id of the request', async () => {
  const refused = await client.post('/people', { body: { name: '', emails: ['nobody'] } }).catch((error) => error)
  expect(refused).toBeInstanceOf(OknoProblem)
  expect(refused).toMatchObject({ status: 422, code: 'request.invalid', requestId: expect.any(String) })
  expect(refused.errors.map((one: { path: string }) => one.path)).toContain('emails.0')
  const stranger = new Okno({ url: `${okno.url}/`, key: 'wrong' })
  await expect(stranger.get('/me')).rejects.toMatchObject({ status: 401, code: 'access.sign_in_required' })
  await expect(client.get('/people/{id}', { path: { id: '' } })).rejects.toThrow(TypeError)
})

test('the same idempotency key changes nothing the second time', async () => {
  const account = await client.post('/accounts', { body: { kind: 'api', name: 'Касса', config: {} } })
  await fetch(`${okno.url}/in/${account.key}`, {
    method: 'POST',
    body: JSON.stringify({ id: 'm1', thread: 't1', from: { id: 'u1', name: 'Олег' }, text: 'Где заказ?' }),
  })
  const id = await eventually(async () => (await client.get('/conversations')).items[0]?.id)
  const path = { id }
  const once = { path, body: { text: 'Проверить склад' }, idempotencyKey: 'note-1' }
  const first = await client.post('/conversations/{id}/notes', once)
  const second = await client.post('/conversations/{id}/notes', once)
  expect(second.id).toBe(first.id)
})

test('a file goes up and comes back as it was', async () => {
  const form = new FormData()
  form.set('file', new Blob(['Прайс'], { type: 'text/plain' }), 'price.txt')
  const { id } = await client.post('/files', { body: form })
  const file = await client.get('/files/{id}', { path: { id } })
  expect(await file.text()).toBe('Прайс')
})

test('a webhook is genuine by its signature and its time only', async () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const body = JSON.stringify({ type: 'customers.person_changed', data: { personId: 'x' } })
  const now = new Date('2026-12-01T12:00:00Z')
  const headers = {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(now.getTime() / 1000),
    'webhook-signature': `v1,AAAA ${new Signer(secret).sign('evt_1', now, body)}`,
  }
  const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`

  expect(await verifyWebhook({ headers, body, secret, now })).toMatchObject({ data: { personId: 'x' } })
  expect(await verifyWebhook({ headers: new Headers(headers), body, secret: [other, secret], now })).toBeTruthy()
  for (const wrong of [
    { body: `${body} ` },
    { secret: other },
    { now: new Date(now.getTime() + 301_000) },
    { headers: { ...headers, 'webhook-id': 'evt_2' } },
    { headers: {} },
  ]) {
    await expect(verifyWebhook({ headers, body, secret, now, ...wrong })).rejects.toThrow(/right|old|time/)
  }
})
