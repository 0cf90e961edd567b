import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccess, type TestAccess } from '../../../tests/support/access.ts'

let okno: TestAccess
let own: pg.Client
let other: Awaited<ReturnType<TestAccess['otherCompany']>>
beforeAll(async () => {
  okno = await openAccess()
  other = await okno.otherCompany()
  await okno.member('operator')
  own = new pg.Client(okno.database.url)
  await own.connect()
})
afterAll(async () => {
  await own.end()
  await okno.close()
})

/** Runs one statement as the product's own role, in one workspace or in none. */
async function asApp(workspaceId: string, text: string, values: unknown[] = []) {
  await own.query('begin')
  try {
    await own.query(`select set_config('okno.workspace', $1, true), set_config('role', 'okno_app', true)`, [
      workspaceId,
    ])
    return await own.query(text, values)
  } finally {
    await own.query('rollback')
  }
}

const tables = ['operators', 'teams', 'team_members', 'presence']

test('without a workspace the product sees nobody', async () => {
  for (const table of tables) expect((await asApp('', `select * from access.${table}`)).rows).toEqual([])
  for (const table of ['users', 'api_keys'])
    expect((await asApp('', `select id from access.${table}`)).rows).toEqual([])
  expect((await asApp('', 'select * from platform.workspaces')).rows).toEqual([])
})

test('in a workspace the product sees only its own people and accounts', async () => {
  const operators = await asApp(other.workspaceId, 'select id, user_id from access.operators')
  expect(operators.rows).toEqual([{ id: other.adminId, user_id: expect.any(String) }])
  const users = await asApp(other.workspaceId, 'select id from access.users')
  expect(users.rows).toEqual([{ id: operators.rows[0].user_id }])
  const sessions = await asApp(okno.workspaceId, 'select "userId" from access.sessions')
  expect(sessions.rows).not.toContainEqual({ userId: users.rows[0].id })
})

test('a row of another workspace can be neither written nor pointed at', async () => {
  const refused = /row-level security/
  await expect(
    asApp(okno.workspaceId, `insert into access.teams (workspace_id, name) values ($1, 'Чужая')`, [other.workspaceId]),
  ).rejects.toThrow(refused)
  await expect(
    asApp(okno.workspaceId, 'update access.operators set workspace_id = $1', [other.workspaceId]),
  ).rejects.toThrow(refused)
  await expect(
    asApp(
      okno.workspaceId,
      'insert into access.team_members (workspace_id, team_id, operator_id) values ($1, $2, $3)',
      [okno.workspaceId, other.teamId, okno.adminId],
    ),
  ).rejects.toThrow(/foreign key/)
  const moved = await asApp(okno.workspaceId, `update access.operators set role = 'operator' where id = $1`, [
    other.adminId,
  ])
  expect(moved.rowCount).toBe(0)
})

test("another company's account can be neither changed, signed out nor given a password", async () => {
  const [{ user_id: userId } = {}] = await okno.rows('select user_id from access.operators where id = $1', [
    other.adminId,
  ])
  for (const text of [
    `update access.users set name = 'x' where id = $1`,
    `update access.credentials set password = 'x' where "userId" = $1`,
    'delete from access.sessions where "userId" = $1',
    'delete from access.two_factors where "userId" = $1',
    'delete from access.api_keys where "referenceId" = $1',
  ]) {
    expect((await asApp(okno.workspaceId, text, [userId])).rowCount).toBe(0)
  }
  await expect(
    asApp(
      okno.workspaceId,
      `insert into access.credentials ("userId", "accountId", "providerId", password) values ($1::uuid, 'x', 'credential', 'x')`,
      [userId],
    ),
  ).rejects.toThrow(/row-level security/)
})

test("the product's role reads no password, session token, key or second factor, even of its own people", async () => {
  for (const [table, column] of [
    ['credentials', 'password'],
    ['sessions', 'token'],
    ['api_keys', 'key'],
    ['two_factors', 'secret'],
    ['verifications', 'value'],
    ['attempts', 'key'],
  ]) {
    await expect(asApp(okno.workspaceId, `select ${column} from access.${table}`)).rejects.toThrow(/permission denied/)
  }
})

test('the audit log can be added to, not changed', async () => {
  await expect(asApp(okno.workspaceId, 'delete from platform.audit_log')).rejects.toThrow(/permission denied/)
  await expect(asApp(okno.workspaceId, `update platform.audit_log set action = 'x'`)).rejects.toThrow(
    /permission denied/,
  )
})
