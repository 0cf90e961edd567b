import { eventually } from '../support/eventually.ts'
import { codeOf } from '../support/totp.ts'
import { ADMIN, API_SECRET, type Body, type Call, caller, GUARDED, handOver, signIn } from './visitor.ts'

const FILE = 'Смета на кухню\n'.repeat(40)

/** What the fixture's own conversations and keys are, for the test to ask for them. */
export interface Day {
  readonly apiAccountKey: string
  readonly conversationId: string
  readonly totpUri: string
  readonly secondKey: string
}

/** Uses a demo through its doors until every table holds rows: mail, form, API, replies, files, settings, sign-in. */
export async function liveADay(url: string): Promise<Day> {
  const call = caller(url)
  const { items: accounts } = await call('GET', '/accounts')
  const mail = accounts.find(({ kind }: Body) => kind === 'email')
  const form = accounts.find(({ kind, config }: Body) => kind === 'form' && config.type === 'request')
  const api = await call('POST', '/accounts', { kind: 'api', name: 'Склад', config: { secret: API_SECRET } })
  await call('POST', `/sandbox/accounts/${api.id}`)

  const contentBase64 = Buffer.from(FILE).toString('base64')
  await handOver(url, api.key, {
    id: 'stock-1',
    from: { id: 'stock', name: 'Кладовщик Пётр' },
    text: 'На складе остались три двери.',
    files: [{ name: 'Остатки.txt', mime: 'text/plain', contentBase64 }],
  })
  await handOver(url, api.key, { text: 'From nobody: cannot be read' })
  await fillIn(`${url}/f/${form.key}`)
  await mailFrom(call, mail.id)

  const stock = await conversationOf(call, 'Кладовщик Пётр')
  const letter = await conversationOf(call, 'Клавдия Письмова')
  await conversationOf(call, 'Фёдор Формин')
  await answer(call, stock.id)
  await answer(call, letter.id)
  await call('POST', `/conversations/${stock.id}/notes`, { text: 'Проверить по накладной.' })
  await call('PUT', `/conversations/${letter.id}/draft`, { mode: 'reply', text: 'Добрый день! Мы' })
  await call('POST', '/snippets', { shortcut: 'склад', title: 'Остатки', text: 'Уточняем на складе.' })
  const settings = await call('GET', '/inbox/settings')
  await call('PATCH', '/inbox/settings', { ...settings, firstAnswerMinutes: 17 })
  const { key: secondKey } = await call('POST', '/keys', { name: 'Выгрузка' })
  return {
    apiAccountKey: api.key,
    conversationId: stock.id,
    totpUri: await guard(url, call),
    secondKey,
  }
}

async function fillIn(address: string) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Фёдор Формин',
      email: 'fedor@example.com',
      product: 'Двери',
      message: 'Нужны две двери.',
      consent: 'true',
    }),
  })
  if (!response.ok) throw new Error(`The form was refused: ${response.status} ${await response.text()}`)
}

const mailFrom = (call: Call, accountId: string) =>
  call('POST', '/sandbox/mail', {
    accountId,
    from: 'klavdia@example.com',
    name: 'Клавдия Письмова',
    subject: 'Доставка дивана',
    text: 'Когда привезут диван?',
    html: '<p>Когда привезут <b>диван</b>?</p>',
  })

const conversationOf = (call: Call, person: string) =>
  eventually(async () => {
    const { items } = await call('GET', '/conversations?view=all&sort=recent&limit=50')
    return items.find((one: Body) => one.person.name === person)
  })

/** Answers with a file and waits until the answer has left: nothing may be under way when the database is kept. */
async function answer(call: Call, conversationId: string) {
  const upload = new FormData()
  upload.append('file', new Blob([FILE], { type: 'text/plain' }), 'Смета.txt')
  const file = await call('POST', '/files', upload)
  const sent = await call(
    'POST',
    `/conversations/${conversationId}/replies`,
    { text: 'Сегодня после обеда.', files: [file.id] },
    { 'idempotency-key': `answer ${conversationId}` },
  )
  await eventually(async () => (await call('GET', `/messages/${sent.id}`)).delivery?.state === 'sent')
}

/** Somebody whom a second factor guards; a wrong password and a session that stays open. Resolves to what the app was given. */
async function guard(url: string, call: Call): Promise<string> {
  await call('POST', '/operators', { ...GUARDED, name: 'Глафира Стражина', role: 'operator', capacity: 3, teamIds: [] })
  await signIn(url, 'sign-in/email', { ...ADMIN, password: 'not-the-password' })
  const { cookie } = await signIn(url, 'sign-in/email', GUARDED)
  const { body } = await signIn(url, 'two-factor/enable', { password: GUARDED.password }, cookie)
  await signIn(url, 'two-factor/verify-totp', { code: codeOf(body.totpURI) }, cookie)
  // Half of a sign-in: the code is still asked for.
  await signIn(url, 'sign-in/email', GUARDED)
  return body.totpURI
}
