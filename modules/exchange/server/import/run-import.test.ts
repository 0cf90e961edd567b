import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundPerson, importFile, moveImport, uploadImport } from '../../../../tests/support/imports.ts'
import { eventually, type TestOkno, testPlatform } from '../../../../tests/support/platform.ts'
import { findImport, holdImport, updateImport } from './imports.queries.ts'
import { openRun } from './open-run.ts'
import { readAhead } from './read-window.ts'
import { runImport } from './run-import.ts'
import { takeLane } from './take-lane.ts'

let okno: TestOkno
beforeAll(async () => {
  okno = await testPlatform()
})
afterAll(() => okno?.close())

test('rows that were read before somebody in them was erased are not taken in, and read again', async () => {
  const { body: erased } = await okno.call('POST', '/people', { name: 'Лада Стёртая', emails: ['lada@example.org'] })
  const { body } = await uploadImport(okno, 'name,email\nЛада Стёртая,lada@example.org\nЖивой,alive@example.org\n')
  await moveImport(okno, body.id, 'check')
  const { platform, modules, workspaceId } = okno
  const context = { platform, ...modules }
  await platform.transaction(workspaceId, (tx) => updateImport(tx, body.id, { state: 'running', done: 0 }))
  const open = async () => {
    const run = await openRun(context, workspaceId, body.id)
    if (!run) throw new Error('The import does not run.')
    return run
  }
  const stale = await open()
  const rows = stale.first.lanes.flatMap((lane) => lane.rows)
  const start = { last: 0, lanes: [] }
  expect(await readAhead(context, workspaceId, stale.one, start), 'nothing has happened yet').toBeDefined()
  const answer = await okno.call('POST', `/people/${erased.id}/erasure`, { name: erased.name, ground: 'request' })
  expect(answer.status).toBe(201)

  expect(await takeLane(context, workspaceId, { one: stale.one, ...stale.first }, rows)).toBeUndefined()
  expect(await readAhead(context, workspaceId, stale.one, start)).toBeUndefined()

  await runImport(context)(workspaceId, body.id)
  const done = (await okno.call('GET', `/imports/${body.id}`)).body
  expect(done).toMatchObject({ state: 'done', result: { created: 1, refused: 1 } })
  // Search is told of new cards behind the rows.
  expect(await eventually(() => foundPerson(okno, 'alive@example.org'))).toMatchObject({ name: 'Живой' })
})

test('rows of three windows that are tied across lanes make each card once', async () => {
  // Any fixed numbers without a pattern that the lanes could share.
  const some = (n: number, below: number) => (Math.imul(n + 1, 2_654_435_761) >>> 7) % below
  const mailOf = (n: number) => `tied${some(n, 3000)}@example.net`
  const rows = Array.from({ length: 5000 }, (_, n) => {
    const phone = n % 3 === 0 ? `+7921${String(1_000_000 + some(n * 7, 900))}` : ''
    return `Связанный ${n},${mailOf(n)},${phone}`
  })
  const mails = new Set(rows.keys().map(mailOf)).size

  const { result } = await importFile(okno, `name,email,phone\n${rows.join('\n')}\n`)

  expect(result).toMatchObject({ created: mails, joined: rows.length - mails, refused: 0 })
  const { rows: doubled } = await okno.platform.database.pool.query(
    `select value from customers.identities where value like 'tied%@example.net' group by value having count(*) > 1`,
  )
  expect(doubled).toEqual([])
})

test('an erasure waits for rows that are on their way, and rows behind it wait for the erasure', async () => {
  const { body: card } = await okno.call('POST', '/people', { name: 'Уходящий', emails: ['leaves@example.org'] })
  const { body } = await uploadImport(okno, 'name,email\nУходящий,leaves@example.org\n')
  await moveImport(okno, body.id, 'check')
  const { platform, workspaceId } = okno
  const one = await platform.transaction(workspaceId, (tx) => findImport(tx, body.id))
  if (!one) throw new Error('The import is gone.')
  const ended: string[] = []
  const isAsked = Promise.withResolvers<void>()
  const isHeld = Promise.withResolvers<void>()
  const lane = platform.transaction(workspaceId, async (tx) => {
    expect(await holdImport(tx, one)).toBe(true)
    isHeld.resolve()
    await isAsked.promise
    // What a lane does with a card that it knows: who erases must not have it yet.
    await tx.db.selectFrom('customers.people').select('id').where('id', '=', card.id).forUpdate().execute()
    ended.push('rows on their way')
  })
  await isHeld.promise
  const erasure = okno.call('POST', `/people/${card.id}/erasure`, { name: card.name, ground: 'request' })
  void erasure.then(() => ended.push('erasure'))
  await waitingForLocks(1)
  const later = platform.transaction(workspaceId, (tx) => holdImport(tx, one))
  void later.then(() => ended.push('rows behind it'))
  await waitingForLocks(2)

  isAsked.resolve()

  expect((await erasure).status).toBe(201)
  expect(await later, 'they were read before').toBe(false)
  await lane
  expect(ended[0]).toBe('rows on their way')
})

/** Until so many transactions of this database wait for a lock that is not of a row. */
const waitingForLocks = (count: number) =>
  eventually(async () => {
    const { rows } = await okno.platform.database.pool.query(
      `select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())`,
    )
    return rows[0]?.waiting === count
  })
