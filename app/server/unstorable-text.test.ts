import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestOkno, testPlatform } from '../../tests/support/platform.ts'

let okno: TestOkno
beforeAll(async () => {
  okno = await testPlatform()
})
afterAll(() => okno.close())

const NUL = 'до\u0000после'
const HALF = 'половина \ud83d пары'

test.each<[string, string, object]>([
  ['POST', '/people', { name: 'Анна', note: NUL }],
  ['POST', '/people', { name: 'Анна', custom: { from_a_form: NUL } }],
  ['POST', '/people', { name: 'Анна', custom: { from_a_form: HALF } }],
  ['POST', '/companies', { name: NUL }],
  ['POST', '/teams', { name: NUL, operatorIds: [] }],
  ['POST', '/keys', { name: NUL }],
  ['POST', '/accounts', { kind: 'api', name: NUL, config: {} }],
  ['PATCH', '/me', { name: NUL }],
])('%s %s %j: what no text can hold is refused as it comes, and stores nothing', async (method, path, body) => {
  const count = async () =>
    (await okno.platform.database.pool.query('select count(*)::int as people from customers.people')).rows[0]
  const before = await count()

  const answer = await okno.call(method, path, body)

  expect(answer).toMatchObject({ status: 422, body: { code: 'request.invalid' } })
  expect(await count()).toEqual(before)
})
