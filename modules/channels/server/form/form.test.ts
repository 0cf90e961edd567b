import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openChannels, type TestChannels } from '../../../../tests/support/channels.ts'
import type { Account } from '../../contract/accounts.ts'

/** Saturday, 21 November 2026, 15:00 in Moscow. */
let clock = new Date('2026-11-21T12:00:00Z')
let okno: TestChannels
let request: Account
let callback: Account

const CONSENT = { text: 'Согласен на обработку <персональных> данных', version: 3 }

beforeAll(async () => {
  okno = await openChannels({ now: () => clock })
  request = await okno.account({
    kind: 'form',
    name: 'Заявка',
    config: { consent: CONSENT, accent: '#ffd43b', successText: 'Принято!' },
  })
  callback = await okno.account({ kind: 'form', name: 'Звонок', config: { type: 'callback' } })
})
afterAll(() => okno.close())

const FILLED = { name: 'Мария Соколова', email: 'Maria@Shop.test', message: 'Сколько стоит стол?', consent: 'true' }
const post = (account: Account, body: unknown, headers: Record<string, string> = {}) =>
  okno.call('POST', `/f/${account.key}`, body, headers)
const got = (text: string) => eventually(() => okno.messages().find((message) => message.text.includes(text)))
const count = async () => Number((await okno.rows('select count(*) as n from channels.arrivals'))[0]?.n)

test('a form posted as JSON becomes a message with unproven identities, claims and the consent in its words', async () => {
  expect(await post(request, FILLED)).toMatchObject({ status: 202, body: { status: 'accepted' } })

  expect(await got('Сколько стоит стол?')).toMatchObject({
    subject: 'Напишите нам',
    text: 'Сколько стоит стол?\n\nИмя: Мария Соколова\nE-mail: Maria@Shop.test',
    from: {
      address: 'maria@shop.test',
      name: 'Мария Соколова',
      identities: [{ kind: 'email', value: 'maria@shop.test', proven: false }],
      claims: { name: 'Мария Соколова' },
    },
    consents: [{ purpose: 'personal_data', text: CONSENT.text, textVersion: 3, source: 'form' }],
  })
})

test('wrong fields are named, each with its reason, and nothing is stored', async () => {
  const before = await count()
  const answer = await post(request, { email: 'nobody', message: 'x'.repeat(20_001) })

  expect(answer).toMatchObject({ status: 422, body: { code: 'channels.form_invalid' } })
  expect(answer.body.errors.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
    ['name', 'required'],
    ['email', 'email'],
    ['message', 'too_long'],
    ['consent', 'consent'],
  ])
  expect(answer.body.errors[0].message).toBe('Заполните это поле.')
  expect(await count()).toBe(before)
})

test('the page works without scripts: errors keep what was typed, escaped, and success leads to a page of its own', async () => {
  const page = await okno.call('GET', `/f/${request.key}?page=https://shop.test/a`)
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'self'; script-src 'self';/,
  )
  expect(page.headers.get('x-frame-options')).toBeNull()
  expect(page.body).toContain('Согласен на обработку &lt;персональных&gt; данных')
  expect(page.body).not.toMatch(/<script(?! src)|\sstyle=|\son\w+=/)
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? ''
  const marks = { _id: hidden('_id'), _started: hidden('_started'), _page: hidden('_page') }
  clock = new Date(clock.getTime() + 10_000)

  const typed = { ...marks, name: '"><img src=x onerror=alert(1)>', email: 'm@shop.test', message: 'Страница' }
  const wrong = await post(request, new URLSearchParams(typed))
  expect(wrong.status).toBe(422)
  expect(wrong.body).toContain('value="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"')
  expect(wrong.body).not.toContain('<img')
  expect(wrong.body).toMatch(/role="alert"[\s\S]*Без согласия/)
  expect(wrong.body).toMatch(/id="f-_consent"[^>]*aria-invalid="true" aria-describedby="f-_consent-error"/)

  const right = () => post(request, new URLSearchParams({ ...typed, name: 'Мария', _consent: '1' }))
  const answers = await Promise.all([right(), right()])
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  const sent = await okno.call('GET', answers[0]?.headers.get('location') ?? '')
  expect(sent.body).toContain('Принято!')
  expect((await got('Страница')).context).toEqual({ page: 'https://shop.test/a' })
  expect(okno.messages().filter(({ text }) => text.includes('Страница'))).toHaveLength(1)
})

test('another request from the same page is another message: only a repetition is one', async () => {
  const page = await okno.call('GET', `/f/${request.key}`)
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? ''
  const marks = { _id: hidden('_id'), _started: hidden('_started'), _consent: '1' }
  clock = new Date(clock.getTime() + 10_000)
  const before = await count()

  for (const message of ['Первое', 'Первое', 'Назад, и второе'])
    expect((await post(request, new URLSearchParams({ ...FILLED, ...marks, message }))).status).toBe(303)
  expect(await count()).toBe(before + 2)
})

test('a page that stood open for longer than a day is taken at the second press', async () => {
  const page = await okno.call('GET', `/f/${request.key}`)
  const startedIn = (html: string) => /name="_started" value="([^"]*)"/.exec(html)?.[1] ?? ''
  const filled = { ...FILLED, _consent: '1', message: 'С прошлой недели' }
  clock = new Date(clock.getTime() + 25 * 3_600_000)

  const first = await post(request, new URLSearchParams({ ...filled, _started: startedIn(page.body) }))
  expect(first.status).toBe(422)
  expect(first.body).toContain('Страница была открыта слишком долго.')
  clock = new Date(clock.getTime() + 10_000)
  const second = await post(request, new URLSearchParams({ ...filled, _started: startedIn(first.body) }))
  expect(second.status).toBe(303)
})

test.each([
  ['/f/nobody-has-this-key', 'ru-RU,ru;q=0.9,en;q=0.8', 'Такой формы нет'],
  ['/f/nobody-has-this-key/sent', 'de, en;q=0.8, ru;q=0.1', 'There is no such form'],
  ['/f/short', 'en', 'There is no such form'],
])('a visitor under %s (%s) is told so in words', async (address, language, title) => {
  const page = await okno.call('GET', address, undefined, { accept: 'text/html', 'accept-language': language })

  expect(page.status).toBe(404)
  expect(page.headers.get('content-type')).toMatch(/^text\/html/)
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/)
  expect(page.body).toContain(`<h1>${title}</h1>`)
  const [, style = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(page.body) ?? []
  expect((await okno.call('GET', style)).headers.get('content-type')).toMatch(/^text\/css/)
})

test('what is odd in the address of the page around never costs the form', async () => {
  for (const query of [`page=${'x'.repeat(501)}`, 'page=a&page=b'])
    expect((await okno.call('GET', `/f/${request.key}?${query}`)).status).toBe(200)
})

test('a program under a wrong address gets the code, and a browser that may not post is told in words', async () => {
  const program = await okno.call('POST', '/f/nobody-has-this-key', FILLED)
  expect(program).toMatchObject({ status: 404, body: { code: 'channels.unknown_key' } })

  const own = await okno.account({ kind: 'form', config: { allowedOrigins: ['https://shop.test'] } })
  const page = await post(own, new URLSearchParams(FILLED), { origin: 'https://evil.test', accept: 'text/html' })
  expect(page.status).toBe(403)
  expect(page.body).toContain('<h1>')
})

test('files travel by multipart', async () => {
  const body = new FormData()
  for (const [key, value] of Object.entries({ ...FILLED, message: 'С файлом' })) body.set(key, value)
  body.set('files', new Blob(['план'], { type: 'text/plain' }), 'план.txt')
  expect((await post(request, body, { accept: 'application/json' })).status).toBe(202)

  expect((await got('С файлом')).files).toMatchObject([{ name: 'план.txt', mime: 'text/plain', sizeBytes: 8 }])
})

test('files that are too many or too large are told of in the form, which keeps what was typed', async () => {
  const before = await count()
  const posted = async (sizes: number[]) => {
    const body = new FormData()
    for (const [key, value] of Object.entries({ ...FILLED, _consent: '1', message: 'С тяжёлым файлом' }))
      body.set(key, value)
    for (const size of sizes) body.append('files', new Blob([new Uint8Array(size)]), 'план.bin')
    body.set('name', 'После файлов')
    return await post(request, body, { accept: 'text/html' })
  }

  for (const page of [await posted([26 * 1024 * 1024]), await posted([1, 2, 3, 4, 5, 6])]) {
    expect(page.status).toBe(422)
    expect(page.body).toContain('Не больше 5 файлов')
    expect(page.body).toContain('С тяжёлым файлом')
  }
  expect(await count()).toBe(before)
})

test('what a program fills into the trap is answered kindly and dropped', async () => {
  const before = await count()
  expect((await post(request, { ...FILLED, message: 'spam', _website: 'http://spam.test' })).status).toBe(202)
  expect(await count()).toBe(before)
})

test('a page that was filled in within a second, or whose mark is forged, is not taken', async () => {
  const page = await okno.call('GET', `/f/${request.key}`)
  const started = /name="_started" value="([^"]*)"/.exec(page.body)?.[1] ?? ''
  const tried = async (_started: string) =>
    (await post(request, { ...FILLED, message: 'быстро', _started })).body.errors

  expect(await tried(started)).toMatchObject([{ code: 'too_fast' }])
  expect(await tried(`${clock.getTime() - 60_000}.${started.split('.')[1]}`)).toMatchObject([{ code: 'too_fast' }])
  clock = new Date(clock.getTime() + 3000)
  expect(await tried(started)).toBeUndefined()
})

test('the same submission posted again is one arrival', async () => {
  const before = await count()
  for (let i = 0; i < 3; i++) await post(request, { ...FILLED, message: 'ещё раз' }, { 'idempotency-key': 'k-1' })
  for (let i = 0; i < 3; i++) await post(request, { ...FILLED, message: 'двойной щелчок' })
  expect(await count()).toBe(before + 2)
})

test('a callback carries its time slot; only times that are offered are taken', async () => {
  const page = await okno.call('GET', `/f/${callback.key}`)
  const offered = [...page.body.matchAll(/<option value="([^"]+)"[^>]*>([^<]+)/g)].map(([, value, words]) => [
    value,
    words,
  ])
  // The next working day after a Saturday is Monday: 9:00 in Moscow.
  expect(offered[0]).toEqual(['2026-11-23T06:00:00.000Z', expect.stringMatching(/^пн, 23 ноября, 09:00–10:00$/)])

  const filled = { name: 'Пётр', phone: '8 (912) 345-67-89' }
  expect((await post(callback, { ...filled, slot: '2026-11-22T06:00:00.000Z' })).body.errors).toMatchObject([
    { path: 'slot' },
  ])
  expect((await post(callback, { ...filled, slot: offered[1]?.[0] })).status).toBe(202)

  const message = await got('Пётр')
  expect(message.context).toEqual({
    callback_from: '2026-11-23T07:00:00.000Z',
    callback_to: '2026-11-23T08:00:00.000Z',
  })
  expect(message.from.identities).toEqual([{ kind: 'phone', value: '+79123456789', proven: false }])
})

test('only allowed sites may frame the form and post to it', async () => {
  const own = await okno.account({ kind: 'form', config: { allowedOrigins: ['https://shop.test'] } })
  const page = await okno.call('GET', `/f/${own.key}`)
  const filled = { name: 'Анна', email: 'a@b.test', message: 'да' }

  expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self' https:\/\/shop\.test$/)
  expect((await post(own, filled, { origin: 'https://evil.test' })).status).toBe(403)
  const allowed = await post(own, filled, { origin: 'https://shop.test' })
  expect(allowed.status).toBe(202)
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.test')
})

test('the embed script can be loaded by other sites', async () => {
  const script = await okno.call('GET', `/f/${request.key}/embed.js`)
  expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(script.body).toContain(`http://localhost/f/${request.key}`)
  expect((await okno.call('GET', `/f/${request.key}/form.css`)).body).toMatch(/--accent: #ffd43b;[\s\S]*color: #000/)
})

test('too many posts from one address are stopped for a while', async () => {
  const own = await okno.account({ kind: 'form', name: 'Поток' })
  const filled = (n: number) => ({ name: 'Анна', email: 'a@b.test', message: `№ ${n}` })
  const statuses = []
  for (let n = 0; n < 12; n++) statuses.push((await post(own, filled(n), { 'x-forwarded-for': '203.0.113.7' })).status)

  expect(statuses).toEqual([...Array(10).fill(202), 429, 429])
  expect((await post(own, filled(13), { 'x-forwarded-for': '203.0.113.8' })).status).toBe(202)
})

test('a form never answers: it says by which way to', async () => {
  const [capabilities] = await okno.platform.transaction(okno.workspaceId, async (tx) =>
    [...(await okno.channels.accounts(tx, [request.id])).values()].map((one) => one.capabilities),
  )
  expect(capabilities).toMatchObject({ reply: 'other_channel', startConversation: 'never' })
})
