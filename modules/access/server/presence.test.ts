import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { API_KEY, openAccess, type TestAccess } from '../../../tests/support/access.ts'

let okno: TestAccess
beforeAll(async () => {
  okno = await openAccess()
})
afterAll(() => okno.close())

async function openWindow(cookie: string): Promise<Socket> {
  const socket = io(`${okno.url}/operators`, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 50,
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('hello', () => resolve())
    socket.once('connect_error', reject)
  })
  return socket
}

const present = async () => {
  const operators = await okno.platform.transaction(okno.workspaceId, (tx) => okno.access.presentOperators(tx))
  return operators.map(({ id }) => id)
}

/** What others were told about this operator, the oldest first. */
const told = async (operatorId: string) => {
  const rows = await okno.rows(
    `select (data ->> 'isPresent')::boolean as present from platform.events
      where name = 'access.presence_changed' and data ->> 'operatorId' = $1 order by seq`,
    [operatorId],
  )
  return rows.map((row) => row.present)
}

const run = (task: string) => okno.rows(`select graphile_worker.add_job($1)`, [task])
const leavingJobs = (id: string) =>
  okno.rows('select payload from graphile_worker._private_jobs where key = $1', [`access.leave ${id}`])

/** Waits until a closed window is noted, then lets the grace end. */
async function endGrace(id: string) {
  await soon(async () => (await leavingJobs(id)).length).toBe(1)
  await okno.rows('update graphile_worker._private_jobs set run_at = now() where key = $1', [`access.leave ${id}`])
  await soon(() => leavingJobs(id)).toEqual([])
}

const seenAgain = async (id: string) => {
  const [job] = (await leavingJobs(id)) as { payload: { data: { closedAt: string } } }[]
  const [row] = await okno.rows('select seen_at > $2 as later from access.presence where operator_id = $1', [
    id,
    job?.payload.data.closedAt,
  ])
  return row?.later
}

/** Jobs that were delayed are looked for once a second. */
const soon = <Value>(look: () => Promise<Value>) => expect.poll(look)

test('an operator with an open window is present, and others are told', async () => {
  const { cookie, id } = await okno.member('operator')
  expect(await present()).not.toContain(id)

  const socket = await openWindow(cookie)

  await soon(present).toContain(id)
  await soon(() => told(id)).toEqual([true])
  const list = await okno.call('GET', '/api/v1/operators?limit=200', { key: API_KEY })
  expect(list.body.items.find((operator: { id: string }) => operator.id === id)).toMatchObject({ isPresent: true })
  socket.close()
})

test('going away and coming back is told at once', async () => {
  const { cookie, id } = await okno.member('operator')
  const socket = await openWindow(cookie)
  await soon(() => told(id)).toEqual([true])
  const become = (availability: string) => okno.call('PATCH', '/api/v1/me', { cookie, body: { availability } })

  expect((await become('away')).body.operator.isPresent).toBe(false)
  expect(await present()).not.toContain(id)
  await become('available')

  expect(await present()).toContain(id)
  expect(await told(id)).toEqual([true, false, true])
  socket.close()
})

test('closing the last window counts when nobody comes back within the grace', async () => {
  const { cookie, id } = await okno.member('operator')
  const socket = await openWindow(cookie)
  await soon(() => told(id)).toEqual([true])

  socket.close()
  await endGrace(id)

  expect(await told(id)).toEqual([true, false])
  expect(await present()).not.toContain(id)
})

test('a reload is no departure', async () => {
  const { cookie, id } = await okno.member('operator')
  const socket = await openWindow(cookie)
  await soon(() => told(id)).toEqual([true])

  socket.close()
  await soon(async () => (await leavingJobs(id)).length).toBe(1)
  const reloaded = await openWindow(cookie)
  await soon(() => seenAgain(id)).toBe(true)
  await endGrace(id)

  expect(await present()).toContain(id)
  expect(await told(id)).toEqual([true])
  reloaded.close()
})

test('windows that vanished with their process are noticed', async () => {
  const { id } = await okno.member('operator')
  await okno.rows(
    `update access.presence set seen_at = now() - interval '2 minutes', is_present = true where operator_id = $1`,
    [id],
  )
  expect(await present()).not.toContain(id)

  await run('access/notice_vanished')

  await soon(() => told(id)).toEqual([false])
})

test('one who left is not present and loses the window', async () => {
  const { cookie, id } = await okno.member('operator')
  const socket = await openWindow(cookie)
  await soon(() => told(id)).toEqual([true])
  const refused = new Promise<string>((resolve) => socket.once('connect_error', ({ message }) => resolve(message)))

  await okno.call('PATCH', `/api/v1/operators/${id}`, { key: API_KEY, body: { isArchived: true } })

  expect(await refused).toBe('access.sign_in_required')
  expect(await present()).not.toContain(id)
  expect(await told(id)).toEqual([true, false])
  socket.close()
})

test('a stranger gets no live connection', async () => {
  await expect(openWindow('okno.session_token=forged.signature')).rejects.toThrow('access.sign_in_required')
})
