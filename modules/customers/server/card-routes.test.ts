import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import {
  idsOf,
  mailFrom,
  newCompany,
  newPerson,
  type TestCustomers,
  testCustomers,
} from '../../../tests/support/customers.ts'

let okno: TestCustomers
beforeAll(async () => {
  okno = await testCustomers()
})
afterAll(() => okno.close())

const aPerson = (draft: object = {}, workspace = okno.ours) => newPerson(workspace, draft)
const aCompany = (draft: object = {}, workspace = okno.ours) => newCompany(workspace, draft)

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
