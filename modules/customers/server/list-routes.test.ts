import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { encodeCursor } from '#platform/shared/page'
import { idsOf, newCompany, newPerson, type TestCustomers, testCustomers } from '../../../tests/support/customers.ts'

let okno: TestCustomers
beforeAll(async () => {
  okno = await testCustomers()
})
afterAll(() => okno.close())

const aPerson = (draft: object = {}, workspace = okno.ours) => newPerson(workspace, draft)
const aCompany = (draft: object = {}, workspace = okno.ours) => newCompany(workspace, draft)

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
    const company = await aCompany({ name: 'Паласовские ковры', inn: '6670012348', city: 'Омск' })
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
