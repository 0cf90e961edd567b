import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccess } from '#modules/access'
import { readConfig } from '#platform/server/config'
import { openPlatform, type Platform } from '#platform/server/platform'
import { freshDatabase, type TestDatabase } from '../../../tests/support/database.ts'

let database: TestDatabase
const opened: Platform[] = []
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(async () => {
  for (const platform of opened) await platform.database.close()
  await database.drop()
})

/** A process that has just started, on the same database. */
function aProcess() {
  const platform = openPlatform(readConfig({ OKNO_SECRET_KEY: '07'.repeat(32), OKNO_LOG_LEVEL: 'warn' }), database.url)
  opened.push(platform)
  return { platform, access: createAccess(platform) }
}

test('processes that start at once make one company with one administrator, who is told a readable password', async () => {
  const nothing = { name: 'Северный дом', admin: { email: undefined, password: undefined } }
  const starts = await Promise.all([1, 2, 3].map(() => aProcess().access.ensureWorkspace(nothing)))

  const made = starts.filter(({ created }) => created)
  expect(made).toHaveLength(1)
  expect(made[0]).toMatchObject({
    email: 'admin@okno.local',
    password: expect.stringMatching(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/),
  })
  expect(new Set(starts.map(({ workspaceId, operatorId }) => `${workspaceId} ${operatorId}`)).size).toBe(1)

  const { platform, access } = aProcess()
  access.routes(platform.http)
  const signIn = await platform.http.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    payload: { email: 'admin@okno.local', password: made[0]?.password },
  })
  expect(signIn.statusCode).toBe(200)
})

test('a later start changes nothing and tells no password', async () => {
  const again = await aProcess().access.ensureWorkspace({
    name: 'Другое имя',
    admin: { email: 'other@okno.test', password: 'other-password' },
  })

  expect(again).toMatchObject({ created: false, email: 'admin@okno.local' })
  expect(again).not.toHaveProperty('password')
})
