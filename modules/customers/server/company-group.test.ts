import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import {
  type CustomersWorkspace,
  idsOf,
  mailFrom,
  newCompany,
  newPerson,
  type TestCustomers,
  testCustomers,
} from '../../../tests/support/customers.ts'
import { eventually } from '../../../tests/support/eventually.ts'
import { lockCards } from './identity/merges.queries.ts'

let okno: TestCustomers
beforeAll(async () => {
  okno = await testCustomers()
})
afterAll(() => okno.close())

const aPerson = (draft: object = {}) => newPerson(okno.ours, draft)
const aCompany = (draft: object = {}, workspace: CustomersWorkspace = okno.ours) => newCompany(workspace, draft)
const put = (id: string, parentId: string | null) => okno.ours.call('PATCH', `/companies/${id}`, { parentId })
const tree = async (id: string) => (await okno.ours.call('GET', `/companies/${id}/tree`)).body
const timeline = async (id: string, query = '') =>
  (await okno.ours.call('GET', `/companies/${id}/timeline${query}`)).body
const kinds = async (id: string): Promise<string[]> =>
  (await timeline(id)).items.map(({ kind }: { kind: string }) => kind)
const work = (personId: string, companyId: string, draft: object = {}) =>
  okno.ours.call('PUT', `/people/${personId}/companies/${companyId}`, draft)
const tellAll = () => okno.customers.tellCompanies(okno.ours.id)
const note = (personId: string, at: string, once: string) =>
  okno.ours.transaction((tx) =>
    okno.customers.recordTimeline(tx, { personId, at: new Date(at), kind: 'test.noted', data: { once }, once }),
  )

describe('requisites', () => {
  test('are refused with the field and the fault, and leave nothing behind', async () => {
    const refused = await okno.ours.call('POST', '/companies', { name: 'ООО', inn: '7707083894', kpp: '1' })

    expect([refused.status, refused.body.code]).toEqual([422, 'customers.requisites_wrong'])
    expect(refused.body.errors).toMatchObject([
      { path: 'inn', code: 'customers.inn_check' },
      { path: 'kpp', code: 'customers.kpp_form' },
    ])
    expect(idsOf(await okno.ours.call('GET', '/companies'))).toEqual([])
  })

  test('are kept without spaces, checked against what is known, and found by conditions', async () => {
    const made = await aCompany({ inn: '77 0708 3893', legalForm: 'pao', phones: ['8 495 500-55-50'], size: 'large' })
    const wrong = await okno.ours.call('PATCH', `/companies/${made.id}`, { ogrn: '304500116000157' })
    const filter = encodeURIComponent(
      JSON.stringify({
        all: [
          { field: 'size', op: 'eq', value: 'large' },
          { field: 'phones', op: 'contains', value: '49550055' },
        ],
      }),
    )

    expect(made).toMatchObject({ inn: '7707083893', phones: ['+74955005550'], can: { edit: true } })
    expect(wrong.body.errors).toMatchObject([{ path: 'ogrn', code: 'customers.ogrn_of_other' }])
    expect(idsOf(await okno.ours.call('GET', `/companies?filter=${filter}`))).toEqual([made.id])
    expect(idsOf(await okno.ours.call('GET', '/companies?q=4955005550'))).toEqual([made.id])
  })
})

describe('likenesses', () => {
  test('name the company with the same INN or name, not a branch and not one with another INN', async () => {
    const known = await aCompany({ name: 'ООО «Лесная пристань»', inn: '7736050003', kpp: '773601001' })
    const ask = async (query: string) => (await okno.ours.call('GET', `/companies/likenesses?${query}`)).body.items
    const branch = await aCompany({ name: 'Филиал', inn: '7736050003', kpp: '590501001' })
    const twin = await aCompany({ name: 'Лесная пристань, ООО' })

    expect(await ask(`name=${encodeURIComponent('лёсная пристань')}`)).toMatchObject([
      { id: twin.id, same: ['name'] },
      { id: known.id, same: ['name'] },
    ])
    expect(branch.likenesses).toEqual([])
    expect(twin.likenesses).toMatchObject([{ id: known.id, same: ['name'] }])
    expect(await ask(`name=${encodeURIComponent('Лесная пристань')}&inn=7728168971`)).toMatchObject([{ id: twin.id }])
    expect(await ask('inn=7736050003')).toHaveLength(2)
  })
})

describe('a group', () => {
  test('shows its tree with honest totals: who works at two of its companies is one', async () => {
    const top = await aCompany({ name: 'Холдинг' })
    const north = await aCompany({ name: 'Север', parentId: top.id })
    const south = await aCompany({ name: 'Юг', parentId: top.id })
    const depot = await aCompany({ name: 'Склад', parentId: south.id })
    const [anna, boris, former] = [await aPerson(), await aPerson(), await aPerson()]
    await work(anna.id, north.id)
    await work(anna.id, depot.id)
    await work(boris.id, depot.id)
    await work(former.id, south.id, { until: '2020-01-31' })
    await okno.ours.call('POST', '/merges', { keptId: boris.id, hiddenId: (await aPerson()).id })

    const shown = await tree(south.id)

    expect(shown.companies.map(({ name, people }: { name: string; people: number }) => [name, people])).toEqual([
      ['Холдинг', 0],
      ['Север', 1],
      ['Юг', 0],
      ['Склад', 2],
    ])
    expect(shown).toMatchObject({
      isCut: false,
      group: { companies: 4, people: 2 },
      branch: { companies: 2, people: 2 },
    })
  })

  test('never becomes a ring, also when two are moved at once', async () => {
    const [a, b, c] = [await aCompany(), await aCompany(), await aCompany()]
    await put(b.id, a.id)
    await put(c.id, b.id)
    const self = await put(a.id, a.id)
    const below = await put(a.id, c.id)
    const pairs = await Promise.all(Array.from({ length: 6 }, () => Promise.all([aCompany(), aCompany()])))
    const moves = await Promise.all(pairs.flatMap(([x, y]) => [put(x.id, y.id), put(y.id, x.id)]))
    const foreign = await aCompany({}, okno.theirs)

    expect([self.body.code, below.body.code]).toEqual(['customers.company_ring', 'customers.company_ring'])
    expect(moves.filter(({ status }) => status === 200)).toHaveLength(pairs.length)
    expect(moves.filter(({ status }) => status === 422)).toHaveLength(pairs.length)
    expect((await put(a.id, foreign.id)).body.code).toBe('customers.company_unknown')
  })

  test('has at most twenty levels, whether it grows from below or is put below another', async () => {
    const chain = async (levels: number) => {
      const made = [await aCompany()]
      while (made.length < levels) made.push(await aCompany({ parentId: made.at(-1).id }))
      return made
    }
    const [upper, lower] = [await chain(12), await chain(9)]
    expect((await put(lower[0].id, upper[11].id)).body.code).toBe('customers.company_too_deep')
    expect((await put(lower[0].id, upper[10].id)).status).toBe(200)
    const grown = await okno.ours.call('POST', '/companies', { name: 'Двадцать первая', parentId: lower[8].id })
    expect(grown.body.code).toBe('customers.company_too_deep')
  })
})

describe('an employment', () => {
  test('has a part in buying, dates and one main contact; who left is kept apart', async () => {
    const company = await aCompany()
    const [anna, boris] = [await aPerson({ name: 'Анна' }), await aPerson({ name: 'Борис' })]
    await work(anna.id, company.id, {
      position: 'Директор',
      roles: ['decides', 'signs'],
      since: '2024-02-01',
      isMain: true,
    })
    await work(boris.id, company.id, { isMain: true })
    await work(anna.id, company.id, { until: '2025-03-31' })
    const wrong = await work(boris.id, company.id, { since: '2025-01-02', until: '2025-01-01' })

    expect((await okno.ours.call('GET', `/companies/${company.id}`)).body.people).toMatchObject([
      { personName: 'Борис', isMain: true, isFormer: false },
      {
        personName: 'Анна',
        position: 'Директор',
        roles: ['decides', 'signs'],
        since: '2024-02-01',
        until: '2025-03-31',
        isMain: false,
        isFormer: true,
      },
    ])
    expect((await okno.ours.call('GET', `/people/${anna.id}`)).body.employments).toMatchObject([{ isFormer: true }])
    expect(idsOf(await okno.ours.call('GET', `/people?companyId=${company.id}`))).toEqual([boris.id])
    expect([wrong.status, wrong.body.code]).toEqual([422, 'customers.employment_dates'])
  })

  test('has one main contact, however many are named at once', async () => {
    const company = await aCompany()
    const people = await Promise.all(Array.from({ length: 5 }, () => aPerson()))
    const answers = await Promise.all(people.map(({ id }) => work(id, company.id, { isMain: true })))

    const { people: shown } = (await okno.ours.call('GET', `/companies/${company.id}`)).body
    expect(answers.map(({ status }) => status)).toEqual(people.map(() => 200))
    expect(shown.filter(({ isMain }: { isMain: boolean }) => isMain)).toHaveLength(1)
  })
})

describe('the timeline of a company', () => {
  test('has its own changes and what happened with its people while they were there', async () => {
    const company = await aCompany()
    const person = await aPerson()
    await note(person.id, '2025-01-10T12:00:00Z', 'before')
    await note(person.id, '2025-06-10T12:00:00Z', 'there')
    await work(person.id, company.id, { since: '2025-02-01', until: '2026-03-31' })
    await tellAll()
    await note(person.id, '2026-03-31T20:00:00Z', 'last day')
    await note(person.id, '2026-04-01T00:00:00Z', 'after')
    await okno.ours.call('PATCH', `/companies/${company.id}`, { industry: 'Стройка' })

    const { items } = await timeline(company.id)
    const noted = items.filter(({ kind }: { kind: string }) => kind === 'test.noted')
    expect(noted.map(({ data }: { data: { once: string } }) => data.once)).toEqual(['last day', 'there'])
    expect(noted[0].person).toEqual({ id: person.id, name: person.name })
    expect(await kinds(company.id)).toEqual(
      expect.arrayContaining(['customers.company_created', 'customers.company_changed', 'customers.person_joined']),
    )
  })

  test('follows joined cards, and comes apart with them', async () => {
    const company = await aCompany()
    const [worker, writer] = [await aPerson(), await aPerson()]
    await work(worker.id, company.id)
    await tellAll()
    await note(writer.id, '2026-05-01T12:00:00Z', 'apart')
    const merge = (await okno.ours.call('POST', '/merges', { keptId: writer.id, hiddenId: worker.id })).body
    await tellAll()
    await note(writer.id, '2026-05-02T12:00:00Z', 'joined')
    const joined = (await kinds(company.id)).filter((kind) => kind === 'test.noted')
    await okno.ours.call('POST', `/merges/${merge.id}/undo`)
    await tellAll()

    expect(joined).toHaveLength(2)
    expect((await kinds(company.id)).filter((kind) => kind === 'test.noted')).toEqual([])
  })

  test('holds no employment while it waits for cards that are being joined', async () => {
    const [company, person] = [await aCompany(), await aPerson()]
    await work(person.id, company.id)
    let told: Promise<void> | undefined
    await okno.ours.transaction(async (tx) => {
      await lockCards(tx, [person.id])
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.db)
      told = tellAll()
      const waits = 'select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))'
      await eventually(async () => (await okno.platform.database.pool.query(waits, [rows[0]?.pid])).rowCount)
      await sql`select 1 from customers.employments where person_id = ${person.id} for update nowait`.execute(tx.db)
    })
    await told

    expect(await kinds(company.id)).toContain('customers.person_joined')
  })

  test('is read in pages, each entry once', async () => {
    const company = await aCompany()
    const { personId } = await okno.ours.transaction((tx) =>
      okno.customers.identify(tx, {
        account: { id: newId(), kind: 'email' },
        sender: mailFrom('pages@example.ru', 'Пётр'),
        arrivalId: newId(),
        at: okno.clock.now,
      }),
    )
    await work(personId, company.id)
    for (let i = 0; i < 25; i++) await note(personId, `2026-01-01T00:00:0${Math.floor(i / 3)}Z`, `n${i}`)
    await tellAll()
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await timeline(company.id, `?limit=10${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ id }: { id: string }) => id))
      cursor = page.nextCursor ?? ''
    } while (cursor)

    expect(seen.length).toBeGreaterThanOrEqual(27)
    expect(new Set(seen).size).toBe(seen.length)
    const { rows } = await okno.platform.database.pool.query(
      `explain (format json) select id from customers.company_timeline
       where workspace_id = $1 and company_id = $2 and (at, id) < (now(), $2) order by at desc, id desc limit 51`,
      [okno.ours.id, company.id],
    )
    expect(JSON.stringify(rows[0])).toContain('company_timeline_pkey')
    expect(JSON.stringify(rows[0])).not.toContain('"Sort"')
  })
})
