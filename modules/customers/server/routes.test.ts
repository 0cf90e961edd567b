import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { encodeCursor } from '#platform/shared/page'
import { mailFrom, type TestCustomers, testCustomers } from '../../../tests/support/customers.ts'

let okno: TestCustomers
beforeAll(async () => {
  okno = await testCustomers()
})
afterAll(() => okno.close())

const aPerson = async (draft: object = {}, workspace = okno.ours) => {
  const { status, body } = await workspace.call('POST', '/people', { name: 'Мария Соколова', ...draft })
  expect(status).toBe(201)
  return body
}
const aCompany = async (draft: object = {}, workspace = okno.ours) =>
  (await workspace.call('POST', '/companies', { name: 'ООО «Кров»', ...draft })).body
const idsOf = (answer: { body: { items: { id: string }[] } }) => answer.body.items.map(({ id }) => id)

describe('a card', () => {
  test('is opened with what is known, and changed by halves', async () => {
    const company = await aCompany({ inn: '7707083893', city: 'Пермь' })
    const made = await aPerson({
      name: undefined,
      firstName: 'Мария',
      lastName: 'Соколова',
      middleName: 'Ивановна',
      emails: ['Maria@Example.ru', 'maria@example.ru'],
      phones: ['8 912 345-67-89'],
      ownerId: okno.ours.ownerId,
      companyIds: [company.id],
      custom: { source: 'выставка', size: 3 },
    })
    const changed = await okno.ours.call('PATCH', `/people/${made.id}`, {
      lastName: 'Петрова',
      stage: 'customer',
      custom: { source: null, loyal: true },
    })

    expect(made).toMatchObject({ name: 'Мария Соколова', stage: 'lead', origin: 'manual', can: { edit: true } })
    expect(made.identities).toMatchObject([
      { kind: 'email', value: 'maria@example.ru', proven: false, evidence: [{ source: 'operator' }] },
      { kind: 'phone', value: '+79123456789', proven: false },
    ])
    expect(made.employments).toMatchObject([{ companyName: 'ООО «Кров»', position: null }])
    expect(changed.body).toMatchObject({
      name: 'Мария Петрова',
      stage: 'customer',
      middleName: 'Ивановна',
      custom: { size: 3, loyal: true },
      ownerId: okno.ours.ownerId,
    })
    expect(changed.body.identities).toHaveLength(2)
    const timeline = await okno.ours.call('GET', `/people/${made.id}/timeline`)
    expect(timeline.body.items.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual([
      'customers.person_created',
      'customers.stage_changed',
    ])
  })

  test('refuses what is not right, and writes nothing of it', async () => {
    const wrong = async (body: object) => {
      const answer = await okno.ours.call('POST', '/people', body)
      return [answer.status, answer.body.code]
    }
    const foreign = await aCompany({}, okno.theirs)

    expect(await wrong({})).toEqual([422, 'customers.name_required'])
    expect(await wrong({ name: 'А', ownerId: okno.theirs.ownerId })).toEqual([422, 'customers.owner_unknown'])
    expect(await wrong({ name: 'А', companyIds: [foreign.id] })).toEqual([422, 'customers.company_unknown'])
    expect(await wrong({ name: 'А', createdAt: '2020-01-01' })).toEqual([422, 'request.invalid'])
    expect(await wrong({ name: 'А', emails: ['нет'] })).toEqual([422, 'request.invalid'])
    expect(idsOf(await okno.ours.call('GET', '/people?stage=former'))).toEqual([])
  })

  test('tells who read it, once an hour', async () => {
    const { id } = await aPerson()
    const reads = async () =>
      (
        await okno.platform.database.pool.query(
          `select operator_id from platform.audit_log where action = 'customers.person_read' and object_id = $1`,
          [id],
        )
      ).rows

    await Promise.all([1, 2, 3].map(() => okno.ours.call('GET', `/people/${id}`)))
    await okno.ours.call('GET', `/people/${id}`)
    const early = (await reads()).length
    okno.clock.now = new Date(okno.clock.now.getTime() + 3_700_000)
    await okno.ours.call('GET', `/people/${id}`)

    // Readings in the very same instant may each be written; none is ever lost.
    expect(early).toBeGreaterThanOrEqual(1)
    expect(early).toBeLessThanOrEqual(3)
    expect((await reads()).length).toBe(early + 1)
    expect((await reads())[0]).toEqual({ operator_id: okno.ours.ownerId })
  })

  test('loses an identity: it no longer finds the person', async () => {
    const sender = mailFrom('leaves@example.ru', 'Лев')
    const identify = () =>
      okno.ours.transaction((tx) =>
        okno.customers.identify(tx, {
          account: { id: newId(), kind: 'email' },
          sender,
          arrivalId: newId(),
          at: okno.clock.now,
        }),
      )
    const { personId } = await identify()
    const [identity] = (await okno.ours.call('GET', `/people/${personId}`)).body.identities

    expect((await okno.ours.call('DELETE', `/people/${personId}/identities/${identity.id}`)).status).toBe(204)
    expect((await okno.ours.call('DELETE', `/people/${personId}/identities/${identity.id}`)).status).toBe(404)
    expect((await identify()).personId).not.toBe(personId)
  })

  test('shows a consent, word for word', async () => {
    const { id: personId } = await aPerson()
    await okno.ours.transaction((tx) =>
      okno.customers.recordConsent(tx, {
        personId,
        purpose: 'personal_data',
        textVersion: 2,
        text: 'Согласен',
        source: 'form',
        at: okno.clock.now,
      }),
    )

    expect((await okno.ours.call('GET', `/people/${personId}`)).body.consents).toMatchObject([
      {
        purpose: 'personal_data',
        textVersion: 2,
        text: 'Согласен',
        givenAt: okno.clock.now.toISOString(),
        withdrawnAt: null,
      },
    ])
  })
})

describe('a timeline', () => {
  test('of 250 entries is read in pages, newest first, each entry once', async () => {
    const { id: personId } = await aPerson()
    await okno.ours.transaction(async (tx) => {
      for (let i = 0; i < 250; i++) {
        // Three entries of each instant: the order needs more than the time.
        const at = new Date(Date.UTC(2026, 0, 1) + Math.floor(i / 3) * 1000)
        await okno.customers.recordTimeline(tx, { personId, at, kind: 'test.noted', data: { i }, once: `n${i}` })
        await okno.customers.recordTimeline(tx, { personId, at, kind: 'test.noted', data: { i }, once: `n${i}` })
      }
    })
    const seen: { id: string; at: string }[] = []
    let cursor = ''
    do {
      const { body } = await okno.ours.call(
        'GET',
        `/people/${personId}/timeline?limit=40${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...body.items)
      cursor = body.nextCursor ?? ''
    } while (cursor)

    expect(new Set(seen.map(({ id }) => id)).size).toBe(251)
    expect(seen).toHaveLength(251)
    expect(seen.map(({ at }) => at)).toEqual(
      seen
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
  })

  test('is one index range', async () => {
    const { rows } = await okno.platform.database.pool.query(
      `explain (format json) select id from customers.timeline
       where workspace_id = $1 and person_id = $2 and (at, id) < (now(), $2) order by at desc, id desc limit 51`,
      [okno.ours.id, newId()],
    )
    expect(JSON.stringify(rows[0])).toContain('timeline_of_person')
    expect(JSON.stringify(rows[0])).not.toContain('"Sort"')
  })
})

describe('a list', () => {
  test('is paged by name and by age without loss, and narrowed by stage, owner and company', async () => {
    const company = await aCompany({ name: 'АО «Списки»' })
    const made: string[] = []
    for (let i = 0; i < 7; i++) {
      const { id } = await aPerson({
        name: `Список ${i % 3}`,
        companyIds: [company.id],
        stage: i < 2 ? 'former' : 'lead',
      })
      made.push(id)
    }
    const walk = async (query: string) => {
      const ids: string[] = []
      let cursor = ''
      do {
        const answer = await okno.ours.call(
          'GET',
          `/people?companyId=${company.id}&limit=2&${query}${cursor && `&cursor=${cursor}`}`,
        )
        ids.push(...idsOf(answer))
        cursor = answer.body.nextCursor ?? ''
      } while (cursor)
      return ids
    }

    expect(await walk('sort=newest')).toEqual(made.toReversed())
    expect((await walk('sort=name')).toSorted()).toEqual(made.toSorted())
    expect(await walk('stage=former')).toEqual([made[1], made[0]])
    expect(await walk(`ownerId=${okno.ours.ownerId}`)).toEqual([])
  })

  test.each([
    'x',
    encodeCursor(['2020-01-01']),
    encodeCursor(['когда-то', 'где-то']),
    encodeCursor(['не время', newId()]),
  ])('answers 400 to a cursor of somebody else: %s', async (cursor) => {
    const answer = await okno.ours.call('GET', `/people?cursor=${encodeURIComponent(cursor)}`)
    expect([answer.status, answer.body.code]).toEqual([400, 'request.cursor'])
  })
})

describe('search', () => {
  test('finds a person by part of a name, by words in another order, by number, address and word form', async () => {
    const { id } = await aPerson({
      name: 'Константин Верхотуров',
      emails: ['k.verhoturov@severdom.example'],
      phones: ['8 (922) 765-43-21'],
      note: 'Ждёт межкомнатные двери, просил перезвонить.',
      city: 'Екатеринбург',
    })
    const finds = async (q: string) => idsOf(await okno.ours.call('GET', `/people?q=${encodeURIComponent(q)}`))

    for (const q of [
      'верхот',
      'Верхотуров Константин',
      '765-43-21',
      '+7 922 765 43 21',
      '89227654321',
      'verhoturov@',
      'дверь',
      'екатеринбурге',
      'Верхатуров',
    ]) {
      expect(await finds(q), q).toContain(id)
    }
    expect(await finds('совсем другое')).not.toContain(id)
    expect(idsOf(await okno.ours.call('GET', `/people?q=${encodeURIComponent('верхот')}&stage=customer`))).toEqual([])
  })

  test('of the palette finds people and companies with something to tell them by', async () => {
    const person = await aPerson({ name: 'Зинаида Паласова', phones: ['8 923 111-22-33'] })
    const company = await aCompany({ name: 'Паласовские ковры', inn: '6670012345', city: 'Омск' })
    const look = async (query: string) => (await okno.ours.call('GET', `/search?${query}`)).body.items

    expect(await look(`q=${encodeURIComponent('палас')}`)).toEqual(
      expect.arrayContaining([
        { object: 'person', id: person.id, name: 'Зинаида Паласова', detail: '+79231112233' },
        { object: 'company', id: company.id, name: 'Паласовские ковры', detail: 'Омск' },
      ]),
    )
    expect(await look(`q=${encodeURIComponent('палас')}&objects=company`)).toHaveLength(1)
    expect(await look('q=6670012')).toMatchObject([{ object: 'company' }])
    expect((await okno.ours.call('GET', '/search?q=a&objects=secret')).status).toBe(422)
  })
})

describe('a company', () => {
  test('has people, with positions, and changes', async () => {
    const company = await aCompany({ site: 'https://krov.example' })
    const person = await aPerson()
    const employed = await okno.ours.call('PUT', `/people/${person.id}/companies/${company.id}`, { position: 'Прораб' })
    const changed = await okno.ours.call('PATCH', `/companies/${company.id}`, {
      name: 'АО «Кров»',
      inn: '123456789012',
    })

    expect(employed.body).toMatchObject({ position: 'Прораб', companyName: 'ООО «Кров»', personName: 'Мария Соколова' })
    expect(changed.body).toMatchObject({ name: 'АО «Кров»', inn: '123456789012', site: 'https://krov.example' })
    expect(changed.body.people).toMatchObject([{ personId: person.id, position: 'Прораб' }])
    expect((await okno.ours.call('DELETE', `/people/${person.id}/companies/${company.id}`)).status).toBe(204)
    expect((await okno.ours.call('DELETE', `/people/${person.id}/companies/${company.id}`)).status).toBe(404)
    expect((await okno.ours.call('GET', `/companies/${company.id}`)).body.people).toEqual([])
  })

  test('with a wrong INN or site is refused', async () => {
    for (const draft of [{ inn: '123' }, { site: 'javascript:alert(1)' }, { name: '' }]) {
      expect((await okno.ours.call('POST', '/companies', { name: 'ООО', ...draft })).status).toBe(422)
    }
  })

  test('is listed by name', async () => {
    const made = await aCompany({ name: 'Ааа' })
    expect(idsOf(await okno.ours.call('GET', '/companies?limit=1'))).toEqual([made.id])
    expect(idsOf(await okno.ours.call('GET', `/companies?q=${encodeURIComponent('ааа')}`))).toEqual([made.id])
  })
})

describe('rights', () => {
  test("another workspace's ids lead nowhere on every route", async () => {
    const foreign = await aPerson({ emails: ['secret@example.ru'] }, okno.theirs)
    const company = await aCompany({}, okno.theirs)
    const own = await aPerson()
    const ownCompany = await aCompany()
    const attempts: ['GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', string, object?][] = [
      ['GET', `/people/${foreign.id}`],
      ['PATCH', `/people/${foreign.id}`, { name: 'Чужой' }],
      ['GET', `/people/${foreign.id}/timeline`],
      ['GET', `/people/${foreign.id}/likenesses`],
      ['POST', `/people/${own.id}/likenesses/${foreign.id}/dismiss`],
      ['DELETE', `/people/${foreign.id}/identities/${foreign.identities[0].id}`],
      ['DELETE', `/people/${own.id}/identities/${foreign.identities[0].id}`],
      ['PUT', `/people/${foreign.id}/companies/${ownCompany.id}`, {}],
      ['PUT', `/people/${own.id}/companies/${company.id}`, {}],
      ['DELETE', `/people/${foreign.id}/companies/${company.id}`],
      ['GET', `/companies/${company.id}`],
      ['PATCH', `/companies/${company.id}`, { name: 'Чужая' }],
    ]

    for (const [method, path, body] of attempts)
      expect((await okno.ours.call(method, path, body)).status, path).toBe(404)
    expect(idsOf(await okno.ours.call('GET', '/people?q=secret'))).toEqual([])
    expect(idsOf(await okno.ours.call('GET', '/search?q=secret'))).toEqual([])
    expect(idsOf(await okno.ours.call('GET', `/people?companyId=${company.id}`))).toEqual([])
    expect((await okno.theirs.call('GET', `/people/${foreign.id}`)).body.name).toBe('Мария Соколова')
  })

  test('whoever may only read can change nothing, and is told so', async () => {
    const { id } = await aPerson()
    const read = ['customers.read']

    expect((await okno.ours.call('GET', `/people/${id}`, undefined, read)).body.can).toEqual({ edit: false })
    expect((await okno.ours.call('PATCH', `/people/${id}`, { name: 'Б' }, read)).status).toBe(403)
    expect((await okno.ours.call('POST', '/companies', { name: 'Б' }, read)).status).toBe(403)
    expect((await okno.ours.call('GET', `/people/${id}`, undefined, [])).status).toBe(403)
  })
})
