import { afterAll, beforeAll, expect, test } from 'vitest'
import { API_KEY, openAccess, type TestAccess } from '../../../tests/support/access.ts'

let okno: TestAccess
beforeAll(async () => {
  okno = await openAccess()
})
afterAll(() => okno.close())

const me = (key: string) => okno.call('GET', '/api/v1/me', { key })

test('a key acts for its operator until it is revoked, and is shown once', async () => {
  const { cookie, id } = await okno.member('operator')
  const made = await okno.call('POST', '/api/v1/keys', { cookie, body: { name: 'Склад' } })

  expect(made.status).toBe(201)
  expect(made.body.key).toMatch(/^okno_.{40,}$/)
  expect((await me(made.body.key)).body.operator.id).toBe(id)
  const list = await okno.call('GET', '/api/v1/keys', { cookie })
  expect(list.body.items).toEqual([
    {
      id: made.body.id,
      name: 'Склад',
      start: made.body.key.slice(0, 10),
      createdAt: expect.any(String),
      lastUsedAt: expect.any(String),
      isFixed: false,
      tools: null,
    },
  ])

  expect((await okno.call('DELETE', `/api/v1/keys/${made.body.id}`, { cookie })).status).toBe(204)
  expect((await me(made.body.key)).status).toBe(401)
})

test('only the hash of a key is stored', async () => {
  const { cookie } = await okno.member('operator')
  const { body } = await okno.call('POST', '/api/v1/keys', { cookie, body: { name: 'Касса' } })

  const stored = await okno.rows('select k::text as row from access.api_keys k')
  expect(stored.some(({ row }) => String(row).includes(body.id))).toBe(true)
  expect(stored.some(({ row }) => String(row).includes(body.key.slice(12)))).toBe(false)
  expect(stored.some(({ row }) => String(row).includes(API_KEY))).toBe(false)
})

test("nobody sees or revokes another's keys", async () => {
  const owner = await okno.member('operator')
  const other = await okno.member('administrator')
  const stranger = await okno.otherCompany()
  const { body } = await okno.call('POST', '/api/v1/keys', { cookie: owner.cookie, body: { name: 'Мой' } })

  for (const { cookie } of [other, stranger]) {
    expect((await okno.call('GET', '/api/v1/keys', { cookie })).body.items).toEqual([])
    expect((await okno.call('DELETE', `/api/v1/keys/${body.id}`, { cookie })).status).toBe(404)
  }
  expect((await me(body.key)).status).toBe(200)
})

test('keys of one who left stop working', async () => {
  const member = await okno.member('operator')
  const { body } = await okno.call('POST', '/api/v1/keys', { cookie: member.cookie, body: { name: 'Мой' } })
  expect((await me(body.key)).status).toBe(200)

  await okno.call('PATCH', `/api/v1/operators/${member.id}`, { key: API_KEY, body: { isArchived: true } })

  expect((await me(body.key)).status).toBe(401)
})

test('what one process ends, another refuses too', async () => {
  const member = await okno.member('operator')
  const { body } = await okno.call('POST', '/api/v1/keys', { cookie: member.cookie, body: { name: 'Мой' } })
  const other = await openAccess({ database: okno.database })
  const statusThere = async (options: { key: string } | { cookie: string }) =>
    (await other.call('GET', '/api/v1/me', options)).status
  try {
    expect(await statusThere({ key: body.key })).toBe(200)
    expect(await statusThere({ cookie: member.cookie })).toBe(200)

    await okno.call('DELETE', `/api/v1/keys/${body.id}`, { cookie: member.cookie })
    await okno.call('POST', '/api/auth/sign-out', { cookie: member.cookie })

    // By the word on the bus: well before what was remembered runs out by itself.
    await expect.poll(() => statusThere({ key: body.key }), { timeout: 3_500 }).toBe(401)
    await expect.poll(() => statusThere({ cookie: member.cookie }), { timeout: 3_500 }).toBe(401)
  } finally {
    await other.close()
  }
})

test('what is no key, or almost one, is nobody', async () => {
  const { cookie } = await okno.member('operator')
  for (const key of ['', 'x', `${API_KEY}x`, API_KEY.slice(1), API_KEY.toUpperCase()]) {
    const answer = await okno.call('GET', '/api/v1/me', { headers: { authorization: `Bearer ${key}` } })
    expect(answer.status).toBe(401)
  }
  // A wrong key is not made good by a session beside it.
  expect((await okno.call('GET', '/api/v1/me', { cookie, key: 'wrong-key' })).status).toBe(401)
})

test('the key from the environment is the first administrator, survives a restart and ends when it changes', async () => {
  expect((await me(API_KEY)).body.operator.id).toBe(okno.adminId)
  const [fixed] = (await okno.call('GET', '/api/v1/keys', { key: API_KEY })).body.items
  expect(fixed).toMatchObject({ name: 'OKNO_API_KEY', isFixed: true })
  expect((await okno.call('DELETE', `/api/v1/keys/${fixed.id}`, { key: API_KEY })).status).toBe(409)

  await (await openAccess({ database: okno.database })).close()
  expect(await okno.rows(`select id from access.api_keys where "configId" = 'environment'`)).toEqual([{ id: fixed.id }])

  const changed = await openAccess({ database: okno.database, env: { OKNO_API_KEY: 'another-key-of-the-admin' } })
  try {
    const withOld = await changed.call('GET', '/api/v1/me', { key: API_KEY })
    const withNew = await changed.call('GET', '/api/v1/me', { key: 'another-key-of-the-admin' })
    expect([withOld.status, withNew.status]).toEqual([401, 200])
  } finally {
    await changed.close()
  }
})
