import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { io } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { API_KEY, eventually, type TestOkno, testPlatform } from '../../../../tests/support/platform.ts'
import { toolNames } from '../../contract/index.ts'

const PASSWORD = 'password-of-a-person-1'
let okno: TestOkno
let personId: string
let conversationId: string
let accountKey: string
const open: Client[] = []
beforeAll(async () => {
  okno = await testPlatform()
  personId = (await okno.call('POST', '/people', { name: 'Анна Смирнова', city: 'Казань' })).body.id
  accountKey = (await okno.call('POST', '/accounts', { kind: 'api', name: 'Касса', config: {} })).body.key
  conversationId = await aConversation('Где мой заказ?')
})
afterEach(async () => {
  for (const client of open.splice(0)) await client.close()
})
afterAll(() => okno.close())

async function aConversation(text: string): Promise<string> {
  const from = { id: newId(), name: 'Олег Котов' }
  await fetch(`${okno.url}/in/${accountKey}`, { method: 'POST', body: JSON.stringify({ id: newId(), from, text }) })
  return eventually(async () => {
    const { items } = (await okno.call('GET', `/conversations?q=${encodeURIComponent(text)}`)).body
    return items[0]?.id as string | undefined
  })
}

async function connect(key = API_KEY): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  const requestInit = { headers: { authorization: `Bearer ${key}` } }
  await client.connect(new StreamableHTTPClientTransport(new URL(`${okno.url}/mcp`), { requestInit }))
  open.push(client)
  return client
}

/** What a tool said: parsed when it worked. */
async function use(client: Client, name: string, given: object) {
  const answer = await client.callTool({ name, arguments: { ...given } })
  const [first] = answer.content as { text: string }[]
  const text = first?.text ?? ''
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  return { isError: answer.isError === true, text, data: (answer.isError ? null : JSON.parse(text)) as any }
}

async function aKey(workspaceId: string, role: 'operator' | 'administrator', tools?: string[]): Promise<string> {
  const email = `${newId()}@okno.test`
  const draft = { name: 'Пётр', email, password: PASSWORD, role, capacity: 8, teamIds: [] }
  await okno.modules.access.createOperator({ ...okno.admin, workspaceId }, draft)
  const headers = { 'content-type': 'application/json', origin: 'http://localhost' }
  const body = JSON.stringify({ email, password: PASSWORD })
  const signedIn = await fetch(`${okno.url}/api/auth/sign-in/email`, { method: 'POST', headers, body })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const made = await fetch(`${okno.url}/api/v1/keys`, {
    method: 'POST',
    headers: { ...headers, cookie },
    body: JSON.stringify({ name: 'tools', ...(tools ? { tools } : {}) }),
  })
  return ((await made.json()) as { key: string }).key
}

test('a client finds the tools, each with a short description and a schema', async () => {
  const { tools } = await (await connect()).listTools()
  expect(tools.map(({ name }) => name)).toEqual(toolNames)
  for (const { description = '', inputSchema, annotations } of tools) {
    expect(description.length).toBeLessThan(200)
    expect(inputSchema.type).toBe('object')
    expect(annotations?.destructiveHint).toBe(false)
  }
})

test('a customer is found, read, noted on and given a task, all on record', async () => {
  const client = await connect()
  const { data: found } = await use(client, 'search', { what: 'customers', words: 'смирн' })
  expect(found).toMatchObject([{ object: 'person', id: personId, name: 'Анна Смирнова' }])

  await use(client, 'add_note', { on: 'person', id: personId, text: 'Просила перезвонить' })
  const dueAt = '2026-12-01T09:00:00Z'
  await use(client, 'create_task', { personId, title: 'Перезвонить Анне', dueAt })
  const { data } = await use(client, 'read_card', { object: 'person', id: personId })

  expect(data.card).toMatchObject({ name: 'Анна Смирнова', notes: [{ text: 'Просила перезвонить' }] })
  expect(data.card.tasks).toMatchObject([{ title: 'Перезвонить Анне' }])
  expect(data.card).not.toHaveProperty('can')
  const { items } = (await okno.call('GET', '/audit?object=integrations.tool')).body
  expect(items.map((one: { details: { tool: string } }) => one.details.tool).toReversed()).toEqual([
    'search',
    'add_note',
    'create_task',
    'read_card',
  ])
  expect(JSON.stringify(items)).not.toContain('перезвонить')
})

test('a conversation is found by its words and read; a note stands in it', async () => {
  const client = await connect()
  const { data: found } = await use(client, 'search', { what: 'conversations', words: 'заказ' })
  expect(found).toMatchObject([{ id: conversationId }])
  await use(client, 'add_note', { on: 'conversation', id: conversationId, text: 'Заказ на складе' })
  const { data } = await use(client, 'read_conversation', { id: conversationId })
  expect(data.messages.map((one: { direction: string; text: string }) => [one.direction, one.text])).toEqual(
    expect.arrayContaining([
      ['in', 'Где мой заказ?'],
      ['note', 'Заказ на складе'],
    ]),
  )
})

test('objects are described, and found by a condition; a wrong one is told in words', async () => {
  const client = await connect()
  const { data: kinds } = await use(client, 'describe', {})
  expect(kinds).toContainEqual({ object: 'person', name: 'People' })
  const { data: person } = await use(client, 'describe', { object: 'person' })
  expect(person.fields.map(({ key }: { key: string }) => key)).toContain('city')

  const condition = { field: 'city', op: 'eq', value: 'Казань' }
  const { data } = await use(client, 'find', { object: 'person', condition, fields: ['name', 'city'] })
  expect(data.items).toMatchObject([{ id: personId, values: { name: 'Анна Смирнова', city: 'Казань' } }])

  const wrong = await use(client, 'find', {
    object: 'person',
    condition: { field: 'town', op: 'eq', value: 'x' },
    fields: ['name'],
  })
  expect(wrong).toMatchObject({ isError: true, text: expect.stringContaining('objects.condition_wrong') })
  expect((await use(client, 'search', { what: 'deals', words: 'x' })).isError).toBe(true)
})

test('a lower role sees and does no more than the API allows it', async () => {
  const team = (await okno.call('POST', '/teams', { name: 'Другие' })).body
  const theirs = await aConversation('Тайный вопрос команды')
  await okno.call('PATCH', `/conversations/${theirs}`, { teamId: team.id, ownerId: okno.admin.operatorId })
  const client = await connect(await aKey(okno.workspaceId, 'operator'))

  expect(await use(client, 'read_conversation', { id: theirs })).toMatchObject({
    isError: true,
    text: expect.stringContaining('inbox.conversation_not_found'),
  })
  expect((await use(client, 'search', { what: 'conversations', words: 'Тайный' })).data).toEqual([])
  const noted = await use(client, 'add_note', { on: 'conversation', id: theirs, text: 'x' })
  expect(noted.isError).toBe(true)
})

test('ids of another company lead nowhere', async () => {
  const workspaceId = newId()
  await okno.platform.database.pool.query('insert into platform.workspaces (id, name) values ($1, $2)', [
    workspaceId,
    'Юг',
  ])
  const client = await connect(await aKey(workspaceId, 'administrator'))
  for (const [tool, given] of [
    ['read_card', { object: 'person', id: personId }],
    ['read_conversation', { id: conversationId }],
    ['add_note', { on: 'person', id: personId, text: 'x' }],
    ['create_task', { personId, title: 'x' }],
  ] as const) {
    expect(await use(client, tool, given), tool).toMatchObject({
      isError: true,
      text: expect.stringContaining('not_found'),
    })
  }
  expect((await use(client, 'search', { what: 'customers', words: 'Смирнова' })).data).toEqual([])
})

test('a key for some tools has those and opens nothing else', async () => {
  const key = await aKey(okno.workspaceId, 'administrator', ['search', 'read_card'])
  const client = await connect(key)
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['search', 'read_card'])
  expect((await use(client, 'read_card', { object: 'person', id: personId })).data.card.name).toBe('Анна Смирнова')
  await expect(
    client.callTool({ name: 'add_note', arguments: { on: 'person', id: personId, text: 'x' } }),
  ).rejects.toThrow()

  const headers = { authorization: `Bearer ${key}` }
  for (const path of ['/me', '/people', '/events', '/keys']) {
    const response = await fetch(`${okno.url}/api/v1${path}`, { headers })
    expect(response.status, path).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'access.key_for_tools' })
  }
  const socket = io(`${okno.url}/operators`, { transports: ['websocket'], extraHeaders: headers, reconnection: false })
  const refused = await new Promise<string>((resolve) => {
    socket.on('connect', () => resolve('connected'))
    socket.on('connect_error', (error) => resolve(error.message))
  })
  socket.close()
  expect(refused).toBe('access.sign_in_required')
})

test('a client of the protocol before is served as well', async () => {
  const ask = async (message: object) => {
    const response = await fetch(`${okno.url}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${API_KEY}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2025-06-18',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
    })
    return { status: response.status, text: await response.text() }
  }
  const clientInfo = { name: 'old', version: '1' }
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }
  expect(await ask({ method: 'initialize', params })).toMatchObject({
    status: 200,
    text: expect.stringContaining('okno'),
  })
  expect(await ask({ method: 'tools/list' })).toMatchObject({ text: expect.stringContaining('create_task') })
})

test('nobody without a key, and no page of another site', async () => {
  await expect(connect('wrong')).rejects.toThrow()
  const response = await fetch(`${okno.url}/mcp`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  })
  expect(response.status).toBe(401)
})

test('an answer without end is cut and says so', async () => {
  const { body } = await okno.call('POST', '/people', { name: 'Длинная' })
  for (let i = 0; i < 3; i++) await okno.call('POST', `/people/${body.id}/notes`, { text: 'слово '.repeat(3000) })
  const client = await connect()
  const { text } = await client
    .callTool({ name: 'read_card', arguments: { object: 'person', id: body.id } })
    .then(({ content }) => (content as { text: string }[])[0] ?? { text: '' })
  expect(text.length).toBeLessThan(41_000)
  expect(text).toContain('[cut after 40000 characters')
})
