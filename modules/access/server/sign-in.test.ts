import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccess, type TestAccess } from './testing.ts'

let okno: TestAccess
beforeAll(async () => {
  okno = await openAccess()
})
afterAll(() => okno.close())

test('an administrator signs in and sees who they are', async () => {
  const signedIn = await okno.signIn(okno.admin)

  expect(signedIn.status).toBe(200)
  const me = await okno.call('GET', '/api/v1/me', { cookie: signedIn.cookie })
  expect(me.status).toBe(200)
  expect(me.body).toMatchObject({
    operator: { email: okno.admin.email, role: 'administrator', locale: 'ru' },
    workspace: { name: 'Северный дом', timeZone: 'Europe/Moscow' },
    twoFactorEnabled: false,
  })
  expect(me.body.permissions).toContain('access.manage')
})
