import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permissionsOf } from '#modules/access/contract'
import { systemActor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { eventually, type TestOkno, testPlatform } from '../support/platform.ts'

/**
 * Walks every operation of the API's own description as people who must not get through. A new route is walked without being named here.
 */

interface Operation {
  method: string
  path: string
  permission: string
  hasJsonBody: boolean
}

const PASSWORD = 'test-password-2'
let okno: TestOkno
let operations: Operation[]
let cookies: { operator: string; stranger: string }
/** An id of each kind of thing in the first workspace, by the word in the path before it. */
let ids: Record<string, string>

beforeAll(async () => {
  okno = await testPlatform()
  operations = describeOperations()
  ids = await makeThings()
  cookies = {
    operator: await signIn(okno.workspaceId, 'operator@okno.test', 'operator'),
    stranger: await signIn(await anotherWorkspace(), 'stranger@okno.test', 'administrator'),
  }
})
afterAll(() => okno.close())

function describeOperations(): Operation[] {
  const { paths } = okno.platform.http.swagger() as {
    paths: Record<string, Record<string, { 'x-permission'?: string; requestBody?: { content?: object } }>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      permission: operation['x-permission'] ?? 'public',
      hasJsonBody: 'application/json' in (operation.requestBody?.content ?? {}),
    })),
  )
}

async function anotherWorkspace(): Promise<string> {
  const id = newId()
  await okno.platform.database.pool.query(`insert into platform.workspaces (id, name) values ($1, 'Stranger')`, [id])
  return id
}

async function signIn(workspaceId: string, email: string, role: 'operator' | 'administrator'): Promise<string> {
  await okno.modules.access.createOperator(systemActor(workspaceId), {
    name: email,
    email,
    password: PASSWORD,
    role,
    capacity: 8,
    teamIds: [],
  })
  const response = await fetch(`${okno.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost' },
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  expect(response.status, email).toBe(200)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

async function makeThings(): Promise<Record<string, string>> {
  const make = async (path: string, body: unknown) => {
    const answer = await okno.call('POST', path, body)
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(201)
    return answer.body.id as string
  }
  const team = await make('/teams', { name: 'Tajna team' })
  const person = await make('/people', { name: 'Tajna person', emails: ['tajna@example.com'] })
  const company = await make('/companies', { name: 'Tajna company' })
  const account = await make('/accounts', { kind: 'api', name: 'Tajna account', config: {} })
  const snippet = await make('/snippets', { shortcut: 'tajna', title: 'Tajna snippet', text: 'Tajna text' })
  return {
    teams: team,
    people: person,
    companies: company,
    accounts: account,
    snippets: snippet,
    operators: okno.admin.operatorId ?? '',
    conversations: await makeConversation(account),
    ...(await makeMessage()),
  }
}

async function makeConversation(accountId: string): Promise<string> {
  const { body: account } = await okno.call('GET', `/accounts/${accountId}`)
  const response = await fetch(`${okno.url}/in/${account.key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      id: 'm1',
      thread: 't1',
      from: { id: 'u1', name: 'Tajna sender' },
      text: 'Tajna message',
      sentAt: new Date().toISOString(),
    }),
  })
  expect(response.ok).toBe(true)
  const first = await eventually(async () => (await okno.call('GET', '/conversations')).body.items[0])
  return first.id
}

async function makeMessage(): Promise<Record<string, string>> {
  const { body: conversations } = await okno.call('GET', '/conversations')
  const { body: messages } = await okno.call('GET', `/conversations/${conversations.items[0].id}/messages`)
  const { body: arrivals } = await okno.call('GET', '/arrivals')
  return { messages: messages.items[0].id, arrivals: arrivals.items[0].id }
}

/** Fills the parameters of a path with ids of the first workspace; unknown kinds get an id that belongs to nobody. */
const filled = (path: string) =>
  path
    .replaceAll(/([^/]+)\/\{[^}]+\}/g, (_whole, kind: string) => `${kind}/${ids[kind] ?? newId()}`)
    .replaceAll(/\{[^}]+\}/g, () => newId())

async function ask(
  { method, path }: Operation,
  { cookie, body, type = 'application/json' }: { cookie?: string; body?: string; type?: string } = {},
) {
  const sends = method !== 'GET' && method !== 'DELETE'
  const response = await fetch(`${okno.url}${filled(path)}`, {
    method,
    headers: { ...(cookie ? { cookie, origin: 'http://localhost' } : {}), ...(sends ? { 'content-type': type } : {}) },
    ...(sends ? { body: body ?? '{}' } : {}),
    signal: AbortSignal.timeout(5000),
  })
  // A live stream has no end: its head is enough.
  const text = response.headers.get('content-type')?.includes('event-stream') ? '' : await response.text()
  return { status: response.status, text }
}

const guarded = () =>
  operations.filter(({ path, permission }) => path.startsWith('/api/v1/') && permission !== 'public')
const name = ({ method, path }: Operation) => `${method} ${path}`

describe('every route', () => {
  test('is described with who may call it', () => {
    expect(guarded().length).toBeGreaterThan(40)
    expect(
      operations.filter(({ path, permission }) => path.startsWith('/api/v1/') && permission === 'public').map(name),
    ).toEqual([])
  })

  test('refuses somebody who is not signed in', async () => {
    const open: string[] = []
    for (const operation of guarded()) if ((await ask(operation)).status !== 401) open.push(name(operation))

    expect(open).toEqual([])
  })

  test('refuses a role that lacks its permission', async () => {
    const held = new Set<string>(['signed-in', ...permissionsOf('operator')])
    const open: string[] = []
    for (const operation of guarded().filter(({ permission }) => !held.has(permission))) {
      if ((await ask(operation, { cookie: cookies.operator })).status !== 403) open.push(name(operation))
    }

    expect(open).toEqual([])
  })

  test('knows nothing of another workspace', async () => {
    const leaks: string[] = []
    for (const operation of guarded()) {
      const { status, text } = await ask(operation, { cookie: cookies.stranger })
      const isOwnId = /\{/.test(operation.path)
      if (/Tajna|tajna@example/.test(text)) leaks.push(`${name(operation)} shows it`)
      if (isOwnId && ![404, 422, 400, 415, 409].includes(status)) leaks.push(`${name(operation)} answers ${status}`)
      if (status >= 500) leaks.push(`${name(operation)} fails with ${status}`)
    }

    expect(leaks).toEqual([])
    for (const [kind, id] of Object.entries(ids)) {
      if (['messages', 'arrivals', 'operators', 'teams', 'snippets'].includes(kind)) continue
      expect((await okno.call('GET', `/${kind}/${id}`)).status, kind).toBe(200)
    }
  })

  test('refuses fields it does not know, broken JSON and bodies without end', async () => {
    const wrong: string[] = []
    for (const operation of guarded().filter(({ hasJsonBody }) => hasJsonBody)) {
      const cookie = cookies.stranger
      const unknown = await ask(operation, {
        cookie,
        body: JSON.stringify({ workspaceId: okno.workspaceId, role: 'administrator', zzz: 1 }),
      })
      const broken = await ask(operation, { cookie, body: '{"a":' })
      const endless = await ask(operation, { cookie, body: JSON.stringify({ text: 'x'.repeat(1_200_000) }) })
      if (unknown.status !== 422) wrong.push(`${name(operation)} takes unknown fields: ${unknown.status}`)
      if (broken.status !== 400) wrong.push(`${name(operation)} takes broken JSON: ${broken.status}`)
      if (endless.status !== 413) wrong.push(`${name(operation)} takes a body without end: ${endless.status}`)
    }

    expect(wrong).toEqual([])
  })
})
