import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idsOf, newCompany, newPerson, type TestCustomers, testCustomers } from '../../../tests/support/customers.ts'

let okno: TestCustomers
beforeAll(async () => {
  okno = await testCustomers()
})
afterAll(() => okno.close())

const aPerson = (draft: object = {}, workspace = okno.ours) => newPerson(workspace, draft)
const aCompany = (draft: object = {}, workspace = okno.ours) => newCompany(workspace, draft)

describe('a company', () => {
  test('has people, with positions, and changes', async () => {
    const company = await aCompany({ site: 'https://krov.example' })
    const person = await aPerson()
    const employed = await okno.ours.call('PUT', `/people/${person.id}/companies/${company.id}`, { position: 'Прораб' })
    const changed = await okno.ours.call('PATCH', `/companies/${company.id}`, {
      name: 'АО «Кров»',
      inn: '7707083893',
    })

    expect(employed.body).toMatchObject({ position: 'Прораб', companyName: 'ООО «Кров»', personName: 'Мария Соколова' })
    expect(changed.body).toMatchObject({ name: 'АО «Кров»', inn: '7707083893', site: 'https://krov.example' })
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
