import { randomUUID } from 'node:crypto'
import { visit } from './chat-server.ts'
import { anAccount } from './inbox.ts'
import { sendMail } from './mail.ts'
import { API_KEY, eventually, type TestOkno } from './platform.ts'

/** Everything that tells who Glafira is, and the words that only she, or somebody about her, has said. */
export const GLAFIRA = {
  first: 'Глафира',
  last: 'Ветрова-Заозёрная',
  email: 'glafira.vetrova@primer-klient.test',
  otherEmail: 'glasha.vz@primer-klient.test',
  phone: '+79137654321',
  city: 'Верхнезаозёрск',
  customerId: 'KLIENT-774411',
  words: [
    'тайна-письма',
    'тайна-темы',
    'тайна-вложения',
    'тайна-чата',
    'тайна-формы',
    'тайна-заметки',
    'тайна-карточки',
    'тайна-поля',
    'тайна-ответа',
    'тайна-черновика',
    'тайна-задачи',
    'тайна-записки',
    'тайна-файла',
  ],
} as const

/** Every text that must not be found anywhere once she was erased. */
export const tracesOfGlafira = (): string[] => {
  const { words, ...rest } = GLAFIRA
  return [...Object.values(rest), ...words, GLAFIRA.phone.slice(-10)].map((text) => text.toLowerCase())
}

const must = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  return body as any
}

/**
 * A woman who came by every way there is: mail with a file, site chat, form, another system; joined from two cards, with own fields, a note about her,
 * a record that refers to her, consents, a draft. Needs Okno with a mail server. Ids of her shown and hidden cards.
 */
export async function makeGlafira(okno: TestOkno): Promise<{ id: string; hiddenId: string; conversationId: string }> {
  const { call } = okno
  const name = `${GLAFIRA.first} ${GLAFIRA.last}`
  const label = (text: string) => ({ en: text, ru: text })
  await must(
    call('POST', '/objects/person/fields', { key: 'size', type: 'text', label: label('Размер'), isUnique: true }),
  )
  await must(call('POST', '/objects', { key: 'policy', label: { one: label('Полис'), many: label('Полисы') } }))
  await must(
    call('POST', '/objects/custom.policy/fields', {
      key: 'holder',
      type: 'reference',
      target: 'person',
      label: label('Владелец'),
    }),
  )
  await must(call('POST', '/objects/custom.policy/fields', { key: 'words', type: 'text', label: label('Слова') }))
  await must(
    call('POST', '/accounts', { kind: 'email', name: 'Поддержка', config: { address: 'support@severny-dom.test' } }),
  )
  await sendMail(okno.modules.channels.smtpPort() ?? 0, {
    from: `"${name}" <${GLAFIRA.email}>`,
    to: 'support@severny-dom.test',
    subject: 'тайна-темы',
    text: `Здравствуйте, это ${name}. тайна-письма. Звоните ${GLAFIRA.phone}`,
    html: `<p>тайна-письма, ${GLAFIRA.phone}</p>`,
    attachments: [{ filename: `${GLAFIRA.last}.txt`, content: 'тайна-вложения' }],
  })
  const conversation = await eventually(async () => (await call('GET', '/conversations')).body.items[0])
  const id: string = conversation.personId ?? conversation.person.id
  await must(
    call('PATCH', `/people/${id}`, {
      firstName: GLAFIRA.first,
      lastName: GLAFIRA.last,
      city: GLAFIRA.city,
      note: 'тайна-карточки',
      phones: [GLAFIRA.phone],
      custom: { size: 'тайна-поля' },
    }),
  )
  await must(call('POST', `/conversations/${conversation.id}/notes`, { text: `тайна-заметки о ${name}` }))
  await must(call('POST', `/conversations/${conversation.id}/replies`, { text: `${GLAFIRA.first}, тайна-ответа` }))
  await must(call('PUT', `/conversations/${conversation.id}/draft`, { mode: 'reply', text: `тайна-черновика ${name}` }))
  await must(
    call('POST', '/objects/custom.policy/records', {
      name: `Полис ${name}`,
      custom: { holder: id, words: `полис для ${GLAFIRA.email}` },
    }),
  )
  await must(call('POST', `/people/${id}/notes`, { text: `тайна-записки, ${name}` }))
  await must(call('POST', `/people/${id}/tasks`, { title: `тайна-задачи: позвонить ${name}` }))
  await upload(okno, `/people/${id}/files`, 'тайна-файла')
  await byChat(okno)
  await byForm(okno, name)
  await byApi(okno, name)
  const hidden = await must(call('POST', '/people', { name, emails: [GLAFIRA.otherEmail] }))
  await must(call('POST', '/merges', { keptId: id, hiddenId: hidden.id }))
  // Mail, chat, form and the other system: until all have been read.
  await eventually(async () => (await call('GET', '/conversations')).body.items.length === 4)
  const { rows: others } = await okno.platform.database.pool.query(
    'select distinct person_id as id from inbox.conversations where workspace_id = $1 and person_id <> $2',
    [okno.workspaceId, id],
  )
  for (const other of others) await call('POST', '/merges', { keptId: id, hiddenId: other.id })
  return { id, hiddenId: hidden.id, conversationId: conversation.id }
}

async function upload(okno: TestOkno, place: string, text: string) {
  const form = new FormData()
  form.set('file', new Blob([text], { type: 'text/plain' }), `${GLAFIRA.last}.txt`)
  const headers = { authorization: `Bearer ${API_KEY}` }
  const response = await fetch(`${okno.url}/api/v1${place}`, { method: 'POST', headers, body: form })
  if (!response.ok) throw new Error(`Not uploaded: ${response.status}`)
}

async function byChat(okno: TestOkno) {
  const account = await anAccount(okno, { kind: 'webchat', name: 'Сайт' })
  const { rows } = await okno.platform.database.pool.query('select key from channels.accounts where id = $1', [
    account.id,
  ])
  const visitor = await visit(okno.url, { account: rows[0]?.key })
  const page = { url: `https://shop.example/?mail=${GLAFIRA.email}`, title: 'Стол' }
  await visitor.ask('say', { key: randomUUID(), text: 'тайна-чата', page })
  await visitor.ask('leave_email', { email: GLAFIRA.email })
  visitor.leave()
}

async function byForm(okno: TestOkno, name: string) {
  const account = await must(
    okno.call('POST', '/accounts', {
      kind: 'form',
      name: 'Заявка',
      config: {
        title: 'Заявка',
        fields: [
          { key: 'name', label: 'Имя', type: 'text', fills: 'name' },
          { key: 'email', label: 'Почта', type: 'email', fills: 'email' },
          { key: 'words', label: 'Слова', type: 'text' },
        ],
      },
    }),
  )
  await okno.modules.channels.accept(
    { workspaceId: okno.workspaceId, accountId: account.id },
    {
      key: `form ${GLAFIRA.email}`,
      receivedAt: new Date(),
      headers: {},
      body: Buffer.from(
        JSON.stringify({
          id: `form ${GLAFIRA.email}`,
          title: 'Заявка',
          answers: [
            { key: 'name', label: 'Имя', type: 'text', value: name, fills: 'name' },
            { key: 'email', label: 'Почта', type: 'email', value: GLAFIRA.email, fills: 'email' },
            { key: 'words', label: 'Слова', type: 'text', value: 'тайна-формы' },
          ],
          consent: { purpose: 'personal_data', text: 'Согласен на обработку', version: 3 },
          files: [],
        }),
      ),
    },
  )
}

async function byApi(okno: TestOkno, name: string) {
  const { id } = await anAccount(okno)
  const { rows } = await okno.platform.database.pool.query('select key from channels.accounts where id = $1', [id])
  const response = await fetch(`${okno.url}/in/${rows[0]?.key}`, {
    method: 'POST',
    body: JSON.stringify({ id: 'm1', thread: 't1', from: { id: GLAFIRA.customerId, name }, text: 'Здравствуйте' }),
  })
  if (!response.ok) throw new Error(`Not taken: ${response.status}`)
}
