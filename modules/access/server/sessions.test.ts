import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccess, type TestAccess } from '../../../tests/support/access.ts'
import type { Session } from '../contract/index.ts'

let okno: TestAccess
beforeAll(async () => {
  okno = await openAccess()
})
afterAll(() => okno.close())

const sessionsOf = async (cookie: string): Promise<Session[]> =>
  (await okno.call('GET', '/api/v1/me/sessions', { cookie })).body.items

test('an operator sees where they are signed in, and signs out there without the token ever being shown', async () => {
  const member = await okno.member('operator')
  const phone = await okno.signIn(member, { 'user-agent': 'Phone/1.0', 'x-forwarded-for': '203.0.113.9' })

  const seen = await sessionsOf(member.cookie)
  expect(seen).toHaveLength(2)
  expect(seen[0]).toMatchObject({ device: 'Phone/1.0', address: '203.0.113.9', isCurrent: false })
  expect(seen[1]).toMatchObject({ isCurrent: true })
  const token = decodeURIComponent(phone.cookie.split('=')[1] ?? '').split('.')[0]
  expect(JSON.stringify(seen)).not.toContain(token)

  const ended = await okno.call('DELETE', `/api/v1/me/sessions/${seen[0]?.id}`, { cookie: member.cookie })

  expect(ended.status).toBe(204)
  expect((await okno.call('GET', '/api/v1/me', { cookie: phone.cookie })).status).toBe(401)
  expect(await sessionsOf(member.cookie)).toHaveLength(1)
})

test('nobody ends the session of somebody else, of whatever company and role', async () => {
  const member = await okno.member('operator')
  const admin = await okno.signIn(okno.admin)
  const stranger = await okno.otherCompany()
  const [own] = await sessionsOf(member.cookie)

  for (const cookie of [admin.cookie, stranger.cookie]) {
    expect(await okno.call('DELETE', `/api/v1/me/sessions/${own?.id}`, { cookie })).toMatchObject({
      status: 404,
      body: { code: 'access.session_not_found' },
    })
  }
  expect((await okno.call('GET', '/api/v1/me', { cookie: member.cookie })).status).toBe(200)
})
