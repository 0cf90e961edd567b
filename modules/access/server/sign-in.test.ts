import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccess, type TestAccess } from '../../../tests/support/access.ts'

let okno: TestAccess
beforeAll(async () => {
  okno = await openAccess()
})
afterAll(() => okno.close())

const me = (cookie: string) => okno.call('GET', '/api/v1/me', { cookie })

test('an administrator signs in and sees who they are', async () => {
  const signedIn = await okno.signIn(okno.admin)

  expect(signedIn).toMatchObject({ status: 200, body: { twoFactorRedirect: false } })
  expect(signedIn.headers.get('set-cookie')).toMatch(/^okno\.session_token=.*HttpOnly; SameSite=Lax/)
  const answer = await me(signedIn.cookie)
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({
    operator: { email: okno.admin.email, role: 'administrator', locale: 'ru' },
    workspace: { name: 'Северный дом', timeZone: 'Europe/Moscow' },
    twoFactorEnabled: false,
  })
  expect(answer.body.permissions).toContain('access.manage')
})

test('a wrong password and an unknown e-mail get the same answer', async () => {
  const wrong = await okno.signIn({ ...okno.admin, password: 'not-the-password' })
  const unknown = await okno.signIn({ email: 'nobody@okno.test', password: 'not-the-password' })

  for (const answer of [wrong, unknown]) {
    expect(answer).toMatchObject({ status: 401, body: { code: 'access.invalid_email_or_password' }, cookie: '' })
  }
  expect(wrong.body.detail).toBe(unknown.body.detail)
})

test('guesses at one e-mail are stopped, also all at once, and the right password does not help then', async () => {
  const victim = await okno.member('operator')
  const guesses = await Promise.all(
    Array.from({ length: 15 }, (_, i) =>
      okno.signIn({ email: victim.email.toUpperCase(), password: `guess-number-${i}` }),
    ),
  )

  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10)
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(5)
  const right = await okno.signIn(victim)
  expect(right).toMatchObject({ status: 429, body: { code: 'access.too_many_attempts' } })
  expect(right.body.params.retryAfterSeconds).toBeGreaterThan(800)
  expect((await okno.signIn(okno.admin)).status).toBe(200)
})

test('who has a whole network of addresses, as everybody with IPv6 has, guesses no more often than from one', async () => {
  const guesses = await Promise.all(
    Array.from({ length: 52 }, (_, i) =>
      okno.signIn(
        { email: `net${i}@okno.test`, password: 'guess-guess' },
        { 'x-forwarded-for': `2001:db8:7:1:${i.toString(16)}::${i.toString(16)}` },
      ),
    ),
  )

  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(2)
  const neighbour = { 'x-forwarded-for': '2001:db8:7:2::1' }
  expect((await okno.signIn({ email: 'net@okno.test', password: 'guess-guess' }, neighbour)).status).toBe(401)
})

test('guesses from one address at many e-mails are stopped; signing in does not count', async () => {
  const from = { 'x-forwarded-for': '203.0.113.7' }
  for (let i = 0; i < 3; i++) expect((await okno.signIn(okno.admin, from)).status).toBe(200)
  const guesses = await Promise.all(
    Array.from({ length: 52 }, (_, i) => okno.signIn({ email: `guess${i}@okno.test`, password: 'guess-guess' }, from)),
  )

  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(2)
  expect((await okno.signIn(okno.admin, from)).status).toBe(429)
  expect((await okno.signIn(okno.admin)).status).toBe(200)
})

test('a forged or altered cookie is nobody', async () => {
  const { cookie } = await okno.signIn(okno.admin)
  const [name, value = ''] = cookie.split('=')
  const [token, signature = ''] = decodeURIComponent(value).split('.')
  const altered = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`

  expect((await me(cookie)).status).toBe(200)
  for (const forged of [token, `${token}.`, `${token}.${altered}`, `x${token}.${signature}`, '']) {
    const answer = await me(`${name}=${encodeURIComponent(forged ?? '')}`)
    expect(answer).toMatchObject({ status: 401, body: { code: 'access.sign_in_required' } })
  }
  expect((await me('')).status).toBe(401)
})

test('signing in makes a new session, whatever cookie the browser already had', async () => {
  const planted = await okno.signIn(okno.admin)
  const again = await okno.call('POST', '/api/auth/sign-in/email', { body: okno.admin, cookie: planted.cookie })

  expect(again.status).toBe(200)
  expect(again.cookie).not.toBe('')
  expect(again.cookie).not.toBe(planted.cookie)
})

test('signing out ends the session', async () => {
  const { cookie } = await okno.signIn(okno.admin)
  expect((await me(cookie)).status).toBe(200)

  expect((await okno.call('POST', '/api/auth/sign-out', { cookie })).status).toBe(204)

  expect((await me(cookie)).status).toBe(401)
})

test('only the addresses that Okno uses are open: nobody signs up or reaches the rest of the library', async () => {
  const { cookie } = await okno.signIn(okno.admin)
  const body = { email: 'new@okno.test', password: 'new-password', name: 'New' }

  for (const address of [
    'sign-up/email',
    'update-user',
    'api-key/create',
    'api-key/verify',
    'request-password-reset',
  ]) {
    expect((await okno.call('POST', `/api/auth/${address}`, { body, cookie })).status).toBe(404)
  }
  for (const address of ['get-session', 'list-sessions', 'api-key/list', 'error']) {
    expect((await okno.call('GET', `/api/auth/${address}`, { cookie })).status).toBe(404)
  }
  expect(await okno.rows(`select from access.users where email = 'new@okno.test'`)).toHaveLength(0)
})

test('a page of another site can neither sign a browser in nor use its session', async () => {
  const { cookie } = await okno.signIn(okno.admin)
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }

  const signIn = await okno.call('POST', '/api/auth/sign-in/email', { body: okno.admin, cookie, headers: foreign })
  const change = await okno.call('PATCH', '/api/v1/me', { body: { name: 'Взломан' }, cookie, headers: foreign })
  const own = await okno.call('POST', '/api/auth/sign-in/email', {
    body: okno.admin,
    cookie,
    headers: { origin: okno.url },
  })

  expect(signIn.status).toBe(403)
  expect(change).toMatchObject({ status: 403, body: { code: 'request.cross_origin' } })
  expect(own.status).toBe(200)
})

test('cookies of an https address are sent over https only', async () => {
  const secure = await openAccess({ env: { OKNO_PUBLIC_URL: 'https://okno.test' } })
  try {
    const { headers, cookie } = await secure.signIn(secure.admin)

    expect(headers.get('set-cookie')).toMatch(/^__Secure-okno\.session_token=.*; Secure/)
    expect((await secure.call('GET', '/api/v1/me', { cookie })).status).toBe(200)
  } finally {
    await secure.close()
  }
})

test('changing the password needs the old one and signs out everywhere else', async () => {
  const member = await okno.member('operator')
  const elsewhere = await okno.signIn(member)
  const change = (currentPassword: string) =>
    okno.call('POST', '/api/auth/change-password', {
      cookie: member.cookie,
      body: { currentPassword, newPassword: 'a-better-password' },
    })

  expect(await change('not-the-old-one')).toMatchObject({ status: 400, body: { code: 'access.invalid_password' } })
  const changed = await change(member.password)

  expect(changed.status).toBe(204)
  expect((await me(changed.cookie)).status).toBe(200)
  expect((await me(elsewhere.cookie)).status).toBe(401)
  expect((await okno.signIn(member)).status).toBe(401)
  expect((await okno.signIn({ ...member, password: 'a-better-password' })).status).toBe(200)
})

test('a password set by an administrator signs its owner out; nobody sets their own this way', async () => {
  const member = await okno.member('operator')
  const { cookie } = await okno.signIn(okno.admin)
  expect((await me(member.cookie)).status).toBe(200)

  const body = { password: 'set-by-the-admin' }
  const set = await okno.call('POST', `/api/v1/operators/${member.id}/password`, { cookie, body })
  const own = await okno.call('POST', `/api/v1/operators/${okno.adminId}/password`, { cookie, body })

  expect(set.status).toBe(204)
  expect(own).toMatchObject({ status: 403, body: { code: 'access.own_password' } })
  expect((await me(member.cookie)).status).toBe(401)
  expect((await okno.signIn({ ...member, password: 'set-by-the-admin' })).status).toBe(200)
})

test('one who left is signed out at once and does not come in again until brought back', async () => {
  const member = await okno.member('supervisor')
  const { cookie } = await okno.signIn(okno.admin)
  expect((await me(member.cookie)).status).toBe(200)
  const archive = (isArchived: boolean) =>
    okno.call('PATCH', `/api/v1/operators/${member.id}`, { cookie, body: { isArchived } })

  expect((await archive(true)).body).toMatchObject({ isArchived: true })
  expect((await me(member.cookie)).status).toBe(401)
  expect((await okno.signIn(member)).status).toBe(401)

  expect((await archive(false)).body).toMatchObject({ isArchived: false })
  expect((await okno.signIn(member)).status).toBe(200)
})

test('what is over is cleaned away every night, what is not stays', async () => {
  const { cookie } = await okno.signIn(okno.admin)
  const past = `now() - interval '1 minute'`
  await okno.rows(`insert into access.attempts (key, count, ends_at) values ('over', 3, ${past})`)
  await okno.rows(`insert into access.verifications (identifier, value, "expiresAt") values ('over', 'x', ${past})`)
  const { id } = await okno.member('operator')
  await okno.rows(
    `update access.sessions set "expiresAt" = ${past} where "userId" = (select user_id from access.operators where id = $1)`,
    [id],
  )

  await okno.rows(`select graphile_worker.add_job('access/clean_up')`)

  const left = () =>
    okno.rows(
      `select key from access.attempts where ends_at < now()
        union all select identifier from access.verifications where "expiresAt" < now()
        union all select token from access.sessions where "expiresAt" < now()`,
    )
  await expect.poll(left).toEqual([])
  expect((await me(cookie)).status).toBe(200)
})
