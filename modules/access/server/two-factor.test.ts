import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccess, type TestAccess } from '../../../tests/support/access.ts'
import { codeOf } from '../../../tests/support/totp.ts'

let okno: TestAccess
beforeAll(async () => {
  okno = await openAccess()
})
afterAll(() => okno.close())

const wrong = (code: string) => code.replace(/.$/, (digit) => String((Number(digit) + 5) % 10))

async function withTwoFactor() {
  const member = await okno.member('operator')
  const { password } = member
  const setup = await okno.call('POST', '/api/auth/two-factor/enable', { cookie: member.cookie, body: { password } })
  const proven = await okno.call('POST', '/api/auth/two-factor/verify-totp', {
    cookie: member.cookie,
    body: { code: codeOf(setup.body.totpURI) },
  })
  return { member, setup, cookie: proven.cookie, status: proven.status }
}

test('with a second factor the password alone opens nothing, a code of the app does', async () => {
  const { member, setup, status, cookie } = await withTwoFactor()
  expect(status).toBe(200)
  expect((await okno.call('GET', '/api/v1/me', { cookie })).body).toMatchObject({ twoFactorEnabled: true })

  const first = await okno.signIn(member)
  expect(first).toMatchObject({ status: 200, body: { twoFactorRedirect: true } })
  expect((await okno.call('GET', '/api/v1/me', { cookie: first.cookie })).status).toBe(401)

  const verify = (code: string, cookie = first.cookie) =>
    okno.call('POST', '/api/auth/two-factor/verify-totp', { cookie, body: { code } })
  // The present code was used to switch it on.
  const code = codeOf(setup.body.totpURI, { steps: 1 })
  expect(await verify(wrong(code))).toMatchObject({ status: 401, body: { code: 'access.invalid_code' } })
  expect((await verify(code, '')).status).toBe(401)
  const second = await verify(code)

  expect(second.status).toBe(200)
  expect((await okno.call('GET', '/api/v1/me', { cookie: second.cookie })).status).toBe(200)
})

test('a code opens once, also for two who type it at the same moment', async () => {
  const { member, setup } = await withTwoFactor()
  const code = codeOf(setup.body.totpURI, { steps: 1 })
  const enter = async () => {
    const { cookie } = await okno.signIn(member)
    return okno.call('POST', '/api/auth/two-factor/verify-totp', { cookie, body: { code } })
  }

  const answers = await Promise.all([enter(), enter()])

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  expect(answers.find(({ status }) => status === 401)).toMatchObject({ body: { code: 'access.invalid_code' } })
  const refused = await enter()
  expect(refused.status).toBe(401)
  expect((await okno.call('GET', '/api/v1/me', { cookie: refused.cookie })).status).toBe(401)
})

test('a backup code opens once', async () => {
  const { member, setup } = await withTwoFactor()
  const use = async () => {
    const { cookie } = await okno.signIn(member)
    return okno.call('POST', '/api/auth/two-factor/verify-backup-code', {
      cookie,
      body: { code: setup.body.backupCodes[0] },
    })
  }

  expect((await use()).status).toBe(200)
  expect((await use()).status).toBe(401)
})

test('turning it off needs the password; an administrator helps who lost it', async () => {
  const { member, cookie } = await withTwoFactor()
  const disable = (password: string) =>
    okno.call('POST', '/api/auth/two-factor/disable', { cookie, body: { password } })
  expect((await disable('not-the-password')).status).toBe(400)

  const admin = await okno.signIn(okno.admin)
  const body = { password: 'set-by-the-admin', resetTwoFactor: true }
  await okno.call('POST', `/api/v1/operators/${member.id}/password`, { cookie: admin.cookie, body })

  const signedIn = await okno.signIn({ ...member, password: body.password })
  expect(signedIn.body).toEqual({ twoFactorRedirect: false })
  expect((await okno.call('GET', '/api/v1/me', { cookie: signedIn.cookie })).body.twoFactorEnabled).toBe(false)
})
