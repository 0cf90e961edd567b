import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { thingsDatabase } from './things.fixture.ts'

let t: Awaited<ReturnType<typeof thingsDatabase>>
beforeAll(async () => {
  t = await thingsDatabase()
})
afterAll(() => t?.close())

test('what own values name is known as long as it stands there, whoever writes the row', async () => {
  const [id, first, second] = [newId(), newId(), newId()]
  const known = async (write: ReturnType<typeof sql>) =>
    t.database.transaction(t.workspaceId, async (tx) => {
      await write.execute(tx.db)
      const { rows } = await sql<{ key: string; to: string }>`
        select key, to_id as to from platform.own_custom_references where from_id = ${id} order by key`.execute(tx.db)
      return Object.fromEntries(rows.map(({ key, to }) => [key, to]))
    })
  const values = (custom: object) =>
    sql`update t.things set custom = ${JSON.stringify(custom)} where workspace_id = ${t.workspaceId} and id = ${id}`
  const made = { other: first, file: second, text: `${first}!`, list: [first], number: 5, upper: first.toUpperCase() }

  expect(
    await known(
      sql`insert into t.things (workspace_id, id, custom) values (${t.workspaceId}, ${id}, ${JSON.stringify(made)})`,
    ),
  ).toEqual({ file: second, other: first })
  expect(await known(values({ other: second, file: second }))).toEqual({ file: second, other: second })
  expect(await known(values({ other: null, file: second }))).toEqual({ file: second })
  expect(await known(values({}))).toEqual({})
  expect(await known(values({ other: first }))).toEqual({ other: first })
  expect(await known(sql`delete from t.things where id = ${id}`)).toEqual({})
})
