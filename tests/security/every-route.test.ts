import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permissionsOf } from '#modules/access/contract'
import { systemActor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { type TestOkno, testPlatform } from '../support/platform.ts'
import { rightRequests } from './right-requests.ts'
import { aFile, makeThings } from './things.ts'

/**
 * Walks every operation of the API's own description as people who must not get through, and once as somebody who may, so that it is seen
 * which door was closed. A new route is walked without being named here; one with a body has its entry in right-requests.ts.
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
let cookies: { operator: string; stranger: string; administrator: string }
/** An id of each kind of thing in the first workspace, by the word in the path before it. */
let ids: Record<string, string>

beforeAll(async () => {
  okno = await testPlatform()
  operations = describeOperations()
  const things = await makeThings(okno)
  cookies = {
    operator: await signIn(okno.workspaceId, 'operator@okno.test', 'operator'),
    administrator: await signIn(okno.workspaceId, 'second-administrator@okno.test', 'administrator'),
    stranger: await signIn(await anotherWorkspace(), 'stranger@okno.test', 'administrator'),
  }
  ids = { ...things, ...(await makeOwn()) }
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
  return signInAgain(email)
}

async function signInAgain(email: string): Promise<string> {
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

/** What belongs to the administrator alone: a key, and a session on another device. */
async function makeOwn(): Promise<Record<string, string>> {
  const headers = { cookie: cookies.administrator, 'content-type': 'application/json' }
  await signInAgain('second-administrator@okno.test')
  const key = await fetch(`${okno.url}/api/v1/keys`, { method: 'POST', headers, body: '{"name":"tajna"}' })
  const sessions = await fetch(`${okno.url}/api/v1/me/sessions`, { headers: { cookie: cookies.administrator } })
  const { items } = (await sessions.json()) as { items: { id: string; isCurrent: boolean }[] }
  return {
    keys: ((await key.json()) as { id: string }).id,
    sessions: items.find(({ isCurrent }) => !isCurrent)?.id ?? '',
  }
}

/** Fills the parameters of a path with ids of the first workspace; unknown kinds get an id that belongs to nobody. */
function filled(operation: Pick<Operation, 'method' | 'path'>): string {
  const known = { ...ids, ...rightRequests[name(operation)]?.ids?.(ids) }
  return operation.path
    .replaceAll(/([^/]+)\/\{[^}]+\}/g, (_whole, kind: string) => `${kind}/${known[kind] ?? newId()}`)
    .replaceAll(/\{[^}]+\}/g, () => newId())
}

interface Asked {
  cookie?: string
  body?: string | FormData
  query?: string
}

async function ask({ method, path }: Operation, { cookie, body = '{}', query = '' }: Asked = {}) {
  const sends = method !== 'GET' && method !== 'DELETE'
  const isJson = sends && typeof body === 'string'
  const response = await fetch(`${okno.url}${filled({ method, path })}${query}`, {
    method,
    headers: {
      ...(cookie ? { cookie, origin: 'http://localhost' } : {}),
      ...(isJson ? { 'content-type': 'application/json' } : {}),
    },
    ...(sends ? { body } : {}),
    signal: AbortSignal.timeout(5000),
  })
  // A live stream has no end: its head is enough.
  const text = response.headers.get('content-type')?.includes('event-stream') ? '' : await response.text()
  return { status: response.status, text }
}
type Answer = Awaited<ReturnType<typeof ask>>

function rightly(operation: Operation): Asked {
  const { body, isUpload, fileText, query } = rightRequests[name(operation)] ?? {}
  return {
    ...(isUpload ? { body: aFile(fileText) } : body ? { body: JSON.stringify(body(ids)) } : {}),
    ...(query ? { query: query(ids) } : {}),
  }
}
const ownStatus = (operation: Operation) =>
  rightRequests[name(operation)]?.own ?? (operation.method === 'DELETE' ? 204 : 200)
const foreignStatus = (operation: Operation) =>
  rightRequests[name(operation)]?.foreign ?? (operation.path.includes('{') ? 404 : ownStatus(operation))

const guarded = () =>
  operations.filter(({ path, permission }) => path.startsWith('/api/v1/') && permission !== 'public')
const name = ({ method, path }: Pick<Operation, 'method' | 'path'>) => `${method} ${path}`

describe('every route', () => {
  test('is described with who may call it', () => {
    expect(guarded().length).toBeGreaterThan(40)
    const withoutBody = guarded().filter((operation) => operation.hasJsonBody && !rightRequests[name(operation)]?.body)
    expect(withoutBody.map(name), 'say in right-requests.ts how these are asked rightly').toEqual([])
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

  test('knows nothing of another workspace, and everything of its own', async () => {
    const wrong: string[] = []
    const compare = (operation: Operation, who: string, { status, text }: Answer, expected: number) => {
      if (status !== expected)
        wrong.push(`${name(operation)} answers ${who} ${status}, not ${expected}: ${text.slice(0, 200)}`)
    }
    for (const operation of guarded()) {
      const answer = await ask(operation, { cookie: cookies.stranger, ...rightly(operation) })
      if (/Tajna|tajna@/.test(answer.text)) wrong.push(`${name(operation)} shows it to a stranger`)
      compare(operation, 'a stranger', answer, foreignStatus(operation))
    }
    // Afterwards: what a stranger destroyed would be missed here. What destroys comes last.
    const harmlessFirst = guarded().toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))
    for (const operation of harmlessFirst) {
      const answer = await ask(operation, { cookie: cookies.administrator, ...rightly(operation) })
      compare(operation, 'its administrator', answer, ownStatus(operation))
    }

    expect(wrong).toEqual([])
  })

  test('refuses fields it does not know, broken JSON and bodies without end', async () => {
    const wrong: string[] = []
    for (const operation of guarded().filter(({ hasJsonBody }) => hasJsonBody)) {
      const cookie = cookies.stranger
      const right = rightRequests[name(operation)]?.body?.(ids) ?? {}
      const unknown = await ask(operation, {
        cookie,
        body: JSON.stringify({ ...right, workspaceId: okno.workspaceId }),
      })
      const broken = await ask(operation, { cookie, body: '{"a":' })
      const endless = await ask(operation, { cookie, body: JSON.stringify({ text: 'x'.repeat(1_200_000) }) })
      if (unknown.status !== 422 || !unknown.text.includes('workspaceId'))
        wrong.push(`${name(operation)} takes unknown fields: ${unknown.status}`)
      if (broken.status !== 400) wrong.push(`${name(operation)} takes broken JSON: ${broken.status}`)
      if (endless.status !== 413) wrong.push(`${name(operation)} takes a body without end: ${endless.status}`)
    }

    expect(wrong).toEqual([])
  })
})
