import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChannels, otherCompany, type TestChannels } from '../../../tests/support/channels.ts'

let okno: TestChannels
beforeAll(async () => {
  okno = await openChannels()
})
afterAll(() => okno.close())

const upload = (content: string | Uint8Array<ArrayBuffer>, name: string, type: string) => {
  const body = new FormData()
  body.set('file', new Blob([content], { type }), name)
  return okno.call('POST', '/api/v1/files', body)
}

test('an uploaded picture is shown, anything that could run is only saved', async () => {
  const picture = await upload('png', 'фото.png', 'image/png')
  expect(picture).toMatchObject({ status: 201, body: { name: 'фото.png', mime: 'image/png', sizeBytes: 3 } })
  const shown = await okno.call('GET', `/api/v1/files/${picture.body.id}`)
  expect(shown.headers.get('content-disposition')).toMatch(/^inline;/)
  expect(shown.headers.get('content-type')).toBe('image/png')

  for (const [name, type] of [
    ['a.svg', 'image/svg+xml'],
    ['a.html', 'text/html'],
    ['a.pdf', 'application/pdf'],
  ] as const) {
    const { body } = await upload('<script>alert(1)</script>', name, type)
    const loaded = await okno.call('GET', `/api/v1/files/${body.id}`)
    expect(loaded.headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(loaded.headers.get('content-type')).toBe('application/octet-stream')
    expect(loaded.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  }
})

test('a name cannot lead anywhere or break the header', async () => {
  const { body } = await upload('x', '../../etc/"pass\u202ewd".txt', 'text/plain')
  expect(body.name).not.toMatch(/[/\\\u202e]/)
  const loaded = await okno.call('GET', `/api/v1/files/${body.id}`)
  expect(loaded.headers.get('content-disposition')).toMatch(
    /^attachment; filename="[^"]*"; filename\*=UTF-8''[\w.%-]+$/,
  )
})

test('a file above 25 MB is refused, and so is a request without a file', async () => {
  expect((await upload(new Uint8Array(25 * 1024 * 1024 + 1), 'big.bin', 'application/octet-stream')).status).toBe(413)
  expect((await okno.call('POST', '/api/v1/files', {})).status).toBe(422)
})

test.each([
  ['no boundary', 'multipart/form-data', 'x'],
  ['an endless boundary', `multipart/form-data; boundary=${'b'.repeat(300)}`, 'x'],
  [
    'an end before its end',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nx',
  ],
])('a body with %s is malformed', async (_name, type, body) => {
  expect(await okno.call('POST', '/api/v1/files', body, { 'content-type': type })).toMatchObject({
    status: 400,
    body: { code: 'request.malformed' },
  })
})

test('files of another company are not there', async () => {
  const stranger = await otherCompany(okno)
  const { id } = await okno.platform.transaction(stranger.workspaceId, (tx) =>
    okno.platform.files.save(tx, { name: 'secret.txt', mime: 'text/plain', content: Buffer.from('x') }),
  )
  expect((await okno.call('GET', `/api/v1/files/${id}`)).status).toBe(404)
})

test('an operator sees accounts without their settings and changes none; arrivals are not for operators', async () => {
  await okno.account({ kind: 'api', name: 'Магазин', config: { secret: 'a shared secret of 32 characters' } })
  const person = { email: 'anna@okno.test', password: 'password-123' }
  await okno.access.createOperator(okno.admin, { ...person, name: 'Анна', role: 'operator', capacity: 8, teamIds: [] })
  const signIn = await fetch(`${okno.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(person),
  })
  expect(signIn.status).toBe(200)
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const call = (method: string, address: string, body?: object) =>
    okno.call(method, `/api/v1${address}`, body, { cookie })

  const { body } = await call('GET', '/accounts')
  expect(body.items[0]).toMatchObject({ name: 'Магазин', can: { edit: false } })
  expect(body.items[0]).not.toHaveProperty('config')
  const refused = [
    await call('POST', '/accounts', { kind: 'api' }),
    await call('PATCH', `/accounts/${body.items[0].id}`, { name: 'x' }),
    await call('POST', `/accounts/${body.items[0].id}/verify`),
    await call('GET', '/arrivals'),
  ]
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403])
})
