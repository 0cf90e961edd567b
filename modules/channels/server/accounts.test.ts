import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { isPrivateAddress } from '#platform/server/guarded-fetch'
import { openChannels, type TestChannels } from '../../../tests/support/channels.ts'
import { hideSecrets, mergeConfig, openSecrets, sealSecrets } from './account-secrets.ts'

let okno: TestChannels
beforeAll(async () => {
  okno = await openChannels()
})
afterAll(() => okno.close())

const SMTP = { host: 'smtp.shop.test', port: 465, user: 'support', password: 'a very secret word' }
const create = (body: object) => okno.call('POST', '/api/v1/accounts', body)
const patch = (id: string, body: object) => okno.call('PATCH', `/api/v1/accounts/${id}`, body)
const configOf = async (id: string) => (await okno.rows('select config from channels.accounts where id = $1', [id]))[0]
const passwordOf = async (id: string) =>
  (await okno.rows(`select config -> 'smtp' ->> 'password' as sealed from channels.accounts where id = $1`, [id]))[0]

test('one call configures a mailbox; its secrets are sealed and never read back', async () => {
  const answer = await create({ smtp: SMTP, address: 'Support@shop.test' })

  expect(answer).toMatchObject({
    status: 201,
    body: {
      kind: 'email',
      name: 'support@shop.test',
      address: 'support@shop.test',
      config: { smtp: { host: 'smtp.shop.test', password: true } },
      capabilities: { subject: true },
      can: { edit: true },
    },
  })
  const { id } = answer.body
  expect(JSON.stringify(await configOf(id))).not.toContain(SMTP.password)
  for (const address of ['/api/v1/accounts', `/api/v1/accounts/${id}`])
    expect(JSON.stringify((await okno.call('GET', address)).body)).not.toContain(SMTP.password)
})

test('a secret that is left out, or given back as it was read, keeps its value', async () => {
  const { body } = await create({ smtp: SMTP, address: 'keep@shop.test' })
  const sealed = await passwordOf(body.id)
  expect(sealed?.sealed).toMatch(/sealed/)

  await patch(body.id, { config: { smtp: { port: 587, security: 'starttls' } } })
  await patch(body.id, { config: body.config })
  expect(await passwordOf(body.id)).toEqual(sealed)

  await patch(body.id, { config: { smtp: { password: 'another' } } })
  expect(await passwordOf(body.id)).not.toEqual(sealed)
  expect((await patch(body.id, { config: { smtp: null } })).body.config).not.toHaveProperty('smtp')
})

test('settings that do not fit are refused field by field', async () => {
  const answer = await create({ smtp: { ...SMTP, port: 'x' }, address: 'no address' })

  expect(answer).toMatchObject({ status: 422, body: { code: 'channels.config_invalid' } })
  expect(answer.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'config.address',
    'config.smtp.port',
  ])
  expect((await create({ kind: 'pigeon' })).body).toMatchObject({ code: 'channels.kind_unknown' })
  expect((await create({ kind: 'api', teamId: okno.workspaceId })).body).toMatchObject({
    code: 'channels.team_unknown',
  })
})

test('two accounts of one address are refused', async () => {
  await create({ address: 'twice@shop.test' })
  expect(await create({ address: 'TWICE@shop.test' })).toMatchObject({
    status: 409,
    body: { code: 'channels.address_taken' },
  })
})

test('of two that give an address at the same time, one gets it', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map(() => create({ address: 'race@shop.test' })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409])
})

test('every kind of channel describes its settings, secrets marked', async () => {
  const { body } = await okno.call('GET', '/api/v1/channel-kinds')
  const kinds = new Map<string, { properties: Record<string, { properties?: Record<string, object> }> }>(
    body.items.map(({ kind, configSchema }: { kind: string; configSchema: object }) => [kind, configSchema]),
  )

  expect([...kinds.keys()]).toEqual(expect.arrayContaining(['email', 'webchat', 'form', 'api']))
  expect(kinds.get('email')?.properties.smtp?.properties?.password).toMatchObject({ type: 'string', secret: true })
})

test('pages of other sites cannot act with the operator in the browser', async () => {
  const signIn = await fetch(`${okno.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@okno.test', password: 'administrator-1' }),
  })
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const post = (origin: string) =>
    fetch(`${okno.url}/api/v1/accounts`, {
      method: 'POST',
      headers: { cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'api', name: 'из браузера' }),
    })

  expect((await post('https://evil.test')).status).toBe(403)
  expect((await post('http://localhost')).status).toBe(201)
})

test('secrets are found at any depth of a schema', () => {
  const secret = z.string().meta({ secret: true })
  const schema = z.object({
    plain: z.string(),
    deep: z.object({ list: z.array(z.object({ key: secret.optional() })) }).optional(),
    either: z.union([z.object({ kind: z.literal('a'), token: secret }), z.object({ kind: z.literal('b') })]),
  })
  const config = { plain: 'p', deep: { list: [{ key: 'k1' }, {}] }, either: { kind: 'a', token: 't' } }
  const sealed = sealSecrets(schema, config, (text) => `<${text}>`)

  expect(JSON.stringify(sealed)).toBe(
    '{"plain":"p","deep":{"list":[{"key":{"$sealed":"<k1>"}},{}]},"either":{"kind":"a","token":{"$sealed":"<t>"}}}',
  )
  expect(openSecrets(sealed, (text) => text.slice(1, -1))).toEqual(config)
  expect(hideSecrets(sealed)).toEqual({
    plain: 'p',
    deep: { list: [{ key: true }, {}] },
    either: { kind: 'a', token: true },
  })
  expect(mergeConfig(sealed, { either: { token: true } })).toEqual(sealed)
})

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '::1',
  '::',
  'fd00::1',
  'fe80::1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  'not an address',
])('%s counts as private', (address) => expect(isPrivateAddress(address)).toBe(true))
test.each(['8.8.8.8', '93.184.216.34', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s counts as public', (address) =>
  expect(isPrivateAddress(address)).toBe(false),
)
