import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, type TestCustomers, testCustomers } from '../../../../tests/support/customers.ts'

let okno: TestCustomers
beforeAll(async () => {
  okno = await testCustomers()
})
afterAll(() => okno.close())

const EVERYTHING = ['customers.read', 'customers.edit', 'customers.manage']
const cardOf = async (id: string) => (await okno.ours.call('GET', `/people/${id}`)).body
const kindsOf = async (id: string): Promise<string[]> =>
  (await okno.ours.call('GET', `/people/${id}/timeline`)).body.items.map(({ kind }: { kind: string }) => kind)
const briefOf = async (id: string) => (await okno.ours.call('GET', `/people/${id}/brief`)).body
const join = async (keptId: string, hiddenId: string): Promise<string> =>
  (await okno.ours.call('POST', '/merges', { keptId, hiddenId })).body.id

test('how to address somebody, through what and when stands on the card; days that do not exist are refused', async () => {
  const { id } = await newPerson(okno.ours, { birthday: '--02-29' })
  const facts = { addressForm: 'familiar', preferredChannel: 'phone', bestTime: '18:00-21:30', birthday: '1985-04-08' }
  expect((await okno.ours.call('PATCH', `/people/${id}`, facts)).body).toMatchObject(facts)
  for (const wrong of [
    { birthday: '1985-02-30' },
    { bestTime: '9-12' },
    { addressForm: 'Sie' },
    { preferredChannel: 'pigeon' },
  ]) {
    expect((await okno.ours.call('PATCH', `/people/${id}`, wrong)).body.code).toBe('request.invalid')
  }
})

test('the way through the stages is told with reasons, from the beginning', async () => {
  const { id } = await newPerson(okno.ours)
  okno.clock.now = new Date('2026-11-20T11:00:00Z')
  await okno.ours.call('PATCH', `/people/${id}`, { stage: 'customer', stageReason: 'Оплатил первый счёт' })
  okno.clock.now = new Date('2026-11-20T12:00:00Z')
  await okno.ours.call('PATCH', `/people/${id}`, { stage: 'former' })

  expect((await cardOf(id)).stages).toEqual([
    { stage: 'lead', since: '2026-11-20T10:00:00.000Z', by: null, reason: null },
    { stage: 'customer', since: '2026-11-20T11:00:00.000Z', by: 'Анна', reason: 'Оплатил первый счёт' },
    { stage: 'former', since: '2026-11-20T12:00:00.000Z', by: 'Анна', reason: null },
  ])
})

test('a task is promised in the brief, done once, and tells the timeline', async () => {
  const { id } = await newPerson(okno.ours, { emails: ['task@example.ru'] })
  const dueAt = '2026-11-20T12:30:00.000Z'
  const { status, body } = await okno.ours.call('POST', `/people/${id}/tasks`, { title: 'Перезвонить', dueAt })
  expect([status, body.assigneeId, body.doneAt]).toEqual([201, okno.ours.ownerId, null])
  expect((await briefOf(id)).next[0]).toMatchObject({ kind: 'do_task', title: 'Перезвонить', objectId: body.id })

  const done = await okno.ours.call('PATCH', `/tasks/${body.id}`, { isDone: true })
  expect(done.body).toMatchObject({ doneBy: 'Анна', title: 'Перезвонить', dueAt })
  expect((await briefOf(id)).promises).toEqual([])
  expect((await cardOf(id)).tasks).toMatchObject([{ doneBy: 'Анна' }])
  expect(await kindsOf(id)).toEqual(['customers.task_done', 'customers.task_added', 'customers.person_created'])

  const stranger = { title: 'А', assigneeId: okno.theirs.ownerId }
  expect((await okno.ours.call('POST', `/people/${id}/tasks`, stranger)).body.code).toBe('customers.owner_unknown')
  expect((await okno.theirs.call('PATCH', `/tasks/${body.id}`, { isDone: false })).status).toBe(404)
  expect((await okno.ours.call('DELETE', `/tasks/${body.id}`)).status).toBe(204)
  expect((await cardOf(id)).tasks).toEqual([])
})

test('tasks of all customers stand in one list: by whom, by the day of the workspace, page by page, done ones apart', async () => {
  const { id } = await newPerson(okno.theirs, { name: 'Инна Список' })
  await okno.platform.database.pool.query(
    `update platform.workspaces set time_zone = 'Asia/Vladivostok' where id = $1`,
    [okno.theirs.id],
  )
  // In Vladivostok it is 20:00 of the 20th.
  okno.clock.now = new Date('2026-11-20T10:00:00Z')
  const add = async (title: string, dueAt: string | null, assigneeId: string | null = okno.theirs.ownerId) =>
    (await okno.theirs.call('POST', `/people/${id}/tasks`, { title, dueAt, assigneeId })).body.id
  await add('без срока', null)
  await add('завтра', '2026-11-20T14:00:00Z')
  await add('вечером', '2026-11-20T13:59:59Z')
  await add('просрочено', '2026-11-20T10:00:00Z')
  const done = await add('сделано', '2026-11-19T10:00:00Z')
  await add('ничья', null, null)
  await okno.theirs.call('PATCH', `/tasks/${done}`, { isDone: true })
  const list = async (query: string) => (await okno.theirs.call('GET', `/tasks?${query}`)).body
  const titles = async (query: string) => (await list(query)).items.map(({ title }: { title: string }) => title)

  expect(await titles('')).toEqual(['просрочено', 'вечером', 'завтра', 'без срока'])
  for (const [state, title] of [
    ['overdue', 'просрочено'],
    ['today', 'вечером'],
    ['later', 'завтра'],
    ['undated', 'без срока'],
    ['done', 'сделано'],
  ])
    expect(await titles(`state=${state}`)).toEqual([title])
  expect(await titles('whose=team')).toHaveLength(4)
  expect(await titles('whose=all')).toHaveLength(5)
  expect(await titles('assignee=nobody')).toEqual(['ничья'])
  expect((await okno.theirs.call('GET', '/tasks/counts?whose=all')).body).toEqual({
    overdue: 1,
    today: 1,
    later: 1,
    undated: 2,
  })
  const [first] = (await list('')).items
  expect(first).toMatchObject({ personId: id, personName: 'Инна Список', assigneeName: 'Анна' })

  const walked: string[] = []
  for (let cursor = ''; ; ) {
    const page = await list(`whose=all&limit=1${cursor}`)
    walked.push(...page.items.map(({ title }: { title: string }) => title))
    if (!page.nextCursor) break
    cursor = `&cursor=${page.nextCursor}`
  }
  expect(walked).toEqual(['просрочено', 'вечером', 'завтра', 'без срока', 'ничья'])
  expect((await list('cursor=AA')).code).toBe('request.cursor')
  const events = await okno.platform.database.pool.query(
    `select count(*)::int as count from platform.events where workspace_id = $1 and name = 'customers.task_changed'`,
    [okno.theirs.id],
  )
  expect(events.rows).toEqual([{ count: 7 }])
})

test('a note keeps what it said before; only its author changes its words, anybody may pin it', async () => {
  const { id } = await newPerson(okno.ours)
  const note = (await okno.ours.call('POST', `/people/${id}/notes`, { text: 'Любит пуховые подушки' })).body
  await okno.ours.call('POST', `/people/${id}/notes`, { text: 'Второе' })
  const edited = await okno.ours.call('PATCH', `/notes/${note.id}`, { text: 'Любит шерстяные пледы', isPinned: true })
  expect(edited.body.versions).toMatchObject([{ text: 'Любит пуховые подушки', by: 'Анна' }])

  await okno.platform.database.pool.query('update customers.notes set operator_id = null where id = $1', [note.id])
  expect((await okno.ours.call('PATCH', `/notes/${note.id}`, { text: 'Чужое' })).body.code).toBe(
    'customers.note_of_another',
  )
  expect((await okno.ours.call('DELETE', `/notes/${note.id}`)).status).toBe(403)
  expect((await okno.ours.call('PATCH', `/notes/${note.id}`, { isPinned: true })).status).toBe(200)
  expect((await cardOf(id)).notes.map(({ text }: { text: string }) => text)).toEqual([
    'Любит шерстяные пледы',
    'Второе',
  ])
  const found = await okno.ours.call('GET', `/people?q=${encodeURIComponent('пледы')}`)
  expect(found.body.items.map((one: { id: string }) => one.id)).toEqual([id])
  expect((await okno.ours.call('DELETE', `/notes/${note.id}`, undefined, EVERYTHING)).status).toBe(204)
})

test('a relation told once stands on both cards, each from its own side', async () => {
  const [anna, boss] = [await newPerson(okno.ours, { name: 'Анна' }), await newPerson(okno.ours, { name: 'Борис' })]
  const relate = (kind: string, otherId = boss.id) =>
    okno.ours.call('POST', `/people/${anna.id}/relations`, { kind, otherId })
  expect((await relate('manager')).status).toBe(204)
  expect((await relate('manager')).body.code).toBe('customers.relation_known')
  expect((await relate('friend', anna.id)).body.code).toBe('customers.relation_itself')

  const [own] = (await cardOf(anna.id)).relations
  expect(own).toMatchObject({ personId: boss.id, name: 'Борис', kind: 'manager' })
  expect((await cardOf(boss.id)).relations).toMatchObject([{ personId: anna.id, name: 'Анна', kind: 'subordinate' }])
  expect((await okno.ours.call('DELETE', `/relations/${own.id}`)).status).toBe(204)
  expect((await cardOf(boss.id)).relations).toEqual([])
  expect(await kindsOf(boss.id)).toEqual([
    'customers.relation_removed',
    'customers.relation_added',
    'customers.person_created',
  ])
})

test('the ledger tells who wrote a consent down, on what ground, and how it ended', async () => {
  const { id } = await newPerson(okno.ours)
  const draft = { purpose: 'marketing', channel: 'sms', text: 'Согласна на рассылку', ground: 'call' }
  expect((await okno.ours.call('POST', `/people/${id}/consents`, draft)).status).toBe(204)
  const future = { ...draft, givenAt: '2030-01-01T00:00:00Z' }
  expect((await okno.ours.call('POST', `/people/${id}/consents`, future)).body.code).toBe('customers.consent_time')

  const [consent] = (await cardOf(id)).consents
  expect(consent).toMatchObject({
    channel: 'sms',
    ground: 'call',
    operatorName: 'Анна',
    source: 'operator',
    withdrawnAt: null,
  })
  const withdraw = () =>
    okno.ours.call('POST', `/consents/${consent.id}/withdraw`, { ground: 'message', reason: 'Устала' })
  expect((await withdraw()).status).toBe(204)
  expect((await withdraw()).body.code).toBe('customers.consent_withdrawn')
  expect((await cardOf(id)).consents).toMatchObject([
    { text: 'Согласна на рассылку', withdrawnBy: 'Анна', withdrawnSource: 'message', withdrawnReason: 'Устала' },
  ])
  expect(await kindsOf(id)).toContain('customers.consent_withdrawn')
})

test('a wish replaces the one before and can be forgotten', async () => {
  const { id } = await newPerson(okno.ours)
  const wish = (given: object) =>
    okno.ours.call('PUT', `/people/${id}/preferences`, { channel: 'email', purpose: 'marketing', ...given })
  await wish({ isWelcome: true, perMonth: 4 })
  await wish({ isWelcome: false, perMonth: 4 })
  expect((await cardOf(id)).preferences).toMatchObject([
    { channel: 'email', isWelcome: false, perMonth: null, changedBy: 'Анна' },
  ])
  await wish({ isWelcome: null })
  expect((await cardOf(id)).preferences).toEqual([])
})

test('what stands around two cards is shown together while they are one, and goes back with its card', async () => {
  const [kept, hidden] = [
    await newPerson(okno.ours, { name: 'Инна' }),
    await newPerson(okno.ours, { name: 'Инна Г.', birthday: '--03-01' }),
  ]
  await okno.ours.call('POST', `/people/${hidden.id}/tasks`, { title: 'С другой карточки' })
  await okno.ours.call('POST', `/people/${hidden.id}/notes`, { text: 'Заметка с другой карточки' })
  const mergeId = await join(kept.id, hidden.id)
  expect(await cardOf(hidden.id)).toMatchObject({ id: kept.id, birthday: '--03-01', tasks: [{}], notes: [{}] })
  await okno.ours.call('POST', `/merges/${mergeId}/undo`)
  expect(await cardOf(kept.id)).toMatchObject({ birthday: null, tasks: [], notes: [] })
  expect(await cardOf(hidden.id)).toMatchObject({ birthday: '--03-01', tasks: [{}], notes: [{}] })
})
