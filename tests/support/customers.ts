import { tmpdir } from 'node:os'
import path from 'node:path'
import { createCustomers, type Sender } from '../../modules/customers/server/index.ts'
import { createObjects } from '../../modules/objects/server/index.ts'
import { readConfig } from '../../platform/server/config.ts'
import type { Tx } from '../../platform/server/database.ts'
import { followEvents } from '../../platform/server/events.queries.ts'
import { openPlatform } from '../../platform/server/platform.ts'
import type { Actor } from '../../platform/shared/actor.ts'
import { newId } from '../../platform/shared/ids.ts'
import { freshDatabase } from './database.ts'
import { eventually } from './eventually.ts'

/** A workspace without operators in the database: rights come with each request. */
export interface CustomersWorkspace {
  readonly id: string
  readonly actor: Actor
  /** The only operator known as a possible owner. */
  readonly ownerId: string
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** Calls the API as the workspace's operator, or with fewer rights. */
  call(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    permissions?: string[],
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  ): Promise<{ status: number; body: any }>
}

/** Only the customers module, on a real database, with two workspaces; the clock stands where the test puts it. */
export async function testCustomers() {
  const database = await freshDatabase()
  const clock = { now: new Date('2026-11-20T10:00:00Z') }
  const config = readConfig({
    OKNO_DATA_DIR: path.join(tmpdir(), 'okno-test-customers'),
    OKNO_SECRET_KEY: '07'.repeat(32),
    OKNO_LOG_LEVEL: 'warn',
  })
  const platform = openPlatform(config, database.url, { now: () => clock.now })
  const operatorOf = new Map<string, string>()
  const objects = createObjects(platform, {
    access: {
      actorOf: async (tx, operatorId) => actorOf(tx.workspaceId, operatorId, ['customers.read', 'customers.edit']),
    },
  })
  const customers = createCustomers(platform, {
    objects,
    access: {
      operatorNames: async (tx, ids) =>
        new Map(ids.filter((id) => operatorOf.get(id) === tx.workspaceId).map((id) => [id, { id, name: 'Анна' }])),
      operatorsOfTeams: async () => [],
    },
  })
  customers.routes(platform.http)
  objects.routes(platform.http)
  platform.http.setAuthenticate(async ({ headers }) => {
    const { workspaceId, operatorId, permissions } = JSON.parse(String(headers['test-actor']))
    return actorOf(workspaceId, operatorId, permissions)
  })
  await platform.http.ready()

  const workspace = async (name: string): Promise<CustomersWorkspace> => {
    const id = newId()
    const ownerId = newId()
    const userId = newId()
    operatorOf.set(ownerId, id)
    await platform.database.pool.query('insert into platform.workspaces (id, name) values ($1, $2)', [id, name])
    await platform.database.pool.query('insert into access.users (id, name, email) values ($1, $2, $3)', [
      userId,
      'Анна',
      `${userId}@okno.test`,
    ])
    await platform.database.pool.query(
      'insert into access.operators (workspace_id, id, user_id, name, email, role) values ($1, $2, $3, $4, $5, $6)',
      [id, ownerId, userId, 'Анна', `${userId}@okno.test`, 'operator'],
    )
    return {
      id,
      ownerId,
      actor: actorOf(id, ownerId, ['customers.read', 'customers.edit']),
      transaction: (work) => platform.transaction(id, work),
      call: async (method, address, body, permissions = ['customers.read', 'customers.edit']) => {
        const response = await platform.http.inject({
          method,
          url: `/api/v1${address}`,
          headers: { 'test-actor': JSON.stringify({ workspaceId: id, operatorId: ownerId, permissions }) },
          ...(body ? { payload: body } : {}),
        })
        return { status: response.statusCode, body: response.body === '' ? undefined : response.json() }
      },
    }
  }

  return {
    platform,
    customers,
    objects,
    clock,
    database,
    ours: await workspace('Северный дом'),
    theirs: await workspace('Другая компания'),
    close: async () => {
      await platform.http.close()
      await platform.database.close()
      await database.drop()
    },
  }
}
export type TestCustomers = Awaited<ReturnType<typeof testCustomers>>

/** Compares what changed in our workspace. Events wait for every older transaction of the whole PostgreSQL, those of other test files among them. */
export async function followCards({ platform, customers, ours }: TestCustomers): Promise<void> {
  const newest = { after: '0-0', limit: 0 }
  await eventually(async () => !(await followEvents(platform.database.pool, newest)).isHeldBack)
  await customers.followCards(ours.id)
}

const actorOf = (workspaceId: string, operatorId: string, permissions: string[]): Actor => ({
  workspaceId,
  operatorId,
  name: 'Анна',
  role: 'operator',
  teamIds: [],
  can: (permission) => permissions.includes(permission),
})

/** Somebody who wrote a mail that the channel vouches for. */
export const mailFrom = (address: string, name?: string): Sender => ({
  address,
  ...(name ? { name } : {}),
  identities: [{ kind: 'email', value: address, proven: true }],
})

/** Somebody who filled in a form. */
export const formFrom = (fields: { email?: string; phone?: string } & Record<string, string>): Sender => ({
  address: fields.email ?? fields.phone ?? '',
  identities: [
    ...(fields.email ? [{ kind: 'email' as const, value: fields.email, proven: false }] : []),
    ...(fields.phone ? [{ kind: 'phone' as const, value: fields.phone, proven: false }] : []),
  ],
  claims: fields,
})

type Workspace = TestCustomers['ours']

/** A card opened through the API. */
export async function newPerson(workspace: Workspace, draft: object = {}) {
  const { status, body } = await workspace.call('POST', '/people', { name: 'Мария Соколова', ...draft })
  if (status !== 201) throw new Error(`The card was refused: ${status} ${JSON.stringify(body)}`)
  return body
}
export const newCompany = async (workspace: Workspace, draft: object = {}) =>
  (await workspace.call('POST', '/companies', { name: 'ООО «Кров»', ...draft })).body
export const idsOf = (answer: { body: { items: { id: string }[] } }) => answer.body.items.map(({ id }) => id)
