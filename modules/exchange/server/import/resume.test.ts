import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../../../tests/support/eventually.ts'
import { moveImport, uploadImport } from '../../../../tests/support/imports.ts'
import { type TestOkno, testPlatform } from '../../../../tests/support/platform.ts'

let okno: TestOkno
beforeAll(async () => {
  okno = await testPlatform()
})
afterAll(() => okno?.close())

const PEOPLE = 2300
/** Each hundredth row is one that stands sixty rows before it. */
const CARDS = PEOPLE - PEOPLE / 100
/** Ends the connection in the middle of a lane of the second window, as the death of its process does; the other lane may be in by then. */
const DIE_IN_SECOND_WINDOW = `
  create function public.die() returns trigger language plpgsql security definer as $$
    begin
      perform pg_terminate_backend(pg_backend_pid());
      return new;
    end $$;
  create trigger die before insert on exchange.results for each row when (new.number = 2150) execute function public.die()`

test('an import that dies in the middle of a window goes on where it was, and makes nothing twice', async () => {
  const { pool } = okno.platform.database
  const rows = Array.from({ length: PEOPLE }, (_, n) => `Человек ${n},p${n % 100 === 99 ? n - 60 : n}@example.com`)
  const { body } = await uploadImport(okno, `name,email\n${rows.join('\n')}\n`)
  await moveImport(okno, body.id, 'check')
  await pool.query(DIE_IN_SECOND_WINDOW)

  await okno.call('POST', `/imports/${body.id}/run`)
  const broken = await eventually(async () => {
    const { rows } = await pool.query(
      `select last_error from graphile_worker.jobs where task_identifier = 'exchange.run_import'`,
    )
    return rows[0]?.last_error
  })
  expect(broken).toMatch(/terminat/i)
  const shown = (await okno.call('GET', `/imports/${body.id}`)).body
  expect(shown).toMatchObject({ state: 'running', done: 2000, result: { created: 1980, joined: 20 } })
  const { rows: half } = await pool.query('select count(*) from customers.people')
  expect(half[0].count).toBeGreaterThanOrEqual(1980)
  expect(half[0].count, 'one lane is not in').toBeLessThan(2200)

  await pool.query('drop trigger die on exchange.results')
  const done = await eventually(async () => {
    const { body: now } = await okno.call('GET', `/imports/${body.id}`)
    return now.state === 'done' ? now : undefined
  }, 20_000)
  expect(done.result).toEqual({ created: CARDS, changed: 0, joined: PEOPLE - CARDS, same: 0, refused: 0 })
  const { rows: counted } = await pool.query(
    'select count(*) as people, (select count(distinct value) from customers.identities) as addresses from customers.people',
  )
  expect(counted[0]).toEqual({ people: CARDS, addresses: CARDS })
})
