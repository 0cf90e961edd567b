import { afterAll, beforeAll, expect, test } from 'vitest'
import { API_KEY, openAccess, type TestAccess } from '../../../tests/support/access.ts'

let okno: TestAccess
beforeAll(async () => {
  okno = await openAccess()
})
afterAll(() => okno.close())

const asAdmin = (method: string, address: string, body?: unknown) =>
  okno.call(method, `/api/v1${address}`, { key: API_KEY, body })
const draft = (name: string, more: object = {}) => ({
  name,
  email: `${name}@okno.test`.toLowerCase(),
  password: 'some-password',
  ...more,
})

test('an administrator adds an operator to a team; everybody sees both', async () => {
  const member = await okno.member('operator')
  const team = await asAdmin('POST', '/teams', { name: 'Поддержка' })
  const added = await asAdmin('POST', '/operators', draft('Anna', { teamIds: [team.body.id], role: 'supervisor' }))

  expect(added).toMatchObject({
    status: 201,
    body: { name: 'Anna', role: 'supervisor', capacity: 8, teamIds: [team.body.id], isPresent: false },
  })
  const operators = await okno.call('GET', '/api/v1/operators', { cookie: member.cookie })
  const teams = await okno.call('GET', '/api/v1/teams', { cookie: member.cookie })
  expect(operators.body.items).toContainEqual(added.body)
  expect(teams.body.items).toContainEqual({ id: team.body.id, name: 'Поддержка', operatorIds: [added.body.id] })
  expect(JSON.stringify(operators.body)).not.toContain('some-password')
})

test('an e-mail signs in one person only, whatever its case', async () => {
  await asAdmin('POST', '/operators', draft('Boris'))
  const again = await asAdmin('POST', '/operators', { ...draft('Boris'), email: 'BORIS@okno.test' })

  expect(again).toMatchObject({ status: 409, body: { code: 'access.email_taken' } })
})

test('lists go on page by page without gaps, and refuse a foreign cursor', async () => {
  for (const name of ['Vera', 'vera', 'Юлия', 'Ярослав'])
    await asAdmin('POST', '/operators', {
      ...draft('x'),
      name,
      email: `${Buffer.from(name).toString('hex')}@okno.test`,
    })
  const all = (await asAdmin('GET', '/operators?limit=200')).body.items
  const paged = []
  let cursor = ''
  do {
    const { body } = await asAdmin('GET', `/operators?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
    paged.push(...body.items)
    cursor = body.nextCursor
  } while (cursor)

  expect(paged).toEqual(all)
  for (const bad of ['x', btoa('["a"]'), btoa('[1,2]'), btoa('["a","b"]')]) {
    expect((await asAdmin('GET', `/operators?cursor=${bad}`)).status).toBe(400)
    expect((await asAdmin('GET', `/audit?cursor=${bad}`)).status).toBe(400)
  }
})

test('the last administrator stays one, also when two let each other go at the same moment', async () => {
  const alone = await asAdmin('PATCH', `/operators/${okno.adminId}`, { role: 'operator' })
  expect(alone).toMatchObject({ status: 409, body: { code: 'access.last_administrator' } })
  expect((await asAdmin('PATCH', `/operators/${okno.adminId}`, { isArchived: true })).status).toBe(409)

  const second = await okno.member('administrator')
  const demote = (id: string) => asAdmin('PATCH', `/operators/${id}`, { role: 'supervisor' })
  const answers = await Promise.all([demote(okno.adminId), demote(second.id)])

  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  await okno.rows(`update access.operators set role = 'administrator' where id = $1`, [okno.adminId])
  okno.platform.bus.publish('access.forget', { operatorId: okno.adminId })
})

test('what only an administrator may do is refused to lower roles', async () => {
  const other = await okno.member('operator')
  const routes: [string, string, unknown?][] = [
    ['POST', '/operators', draft('Never')],
    ['PATCH', `/operators/${other.id}`, { name: 'Никогда' }],
    ['POST', `/operators/${other.id}/password`, { password: 'never-never' }],
    ['POST', '/teams', { name: 'Никогда' }],
    ['PATCH', `/teams/${other.id}`, { name: 'Никогда' }],
    ['DELETE', `/teams/${other.id}`],
    ['PATCH', '/workspace', { name: 'Никогда' }],
    ['GET', '/audit'],
  ]
  for (const role of ['operator', 'supervisor'] as const) {
    const { cookie } = await okno.member(role)
    for (const [method, address, body] of routes) {
      const answer = await okno.call(method, `/api/v1${address}`, { cookie, body })
      expect([method, address, answer.status, answer.body.code]).toEqual([method, address, 403, 'access.forbidden'])
    }
  }
  for (const [method, address, body] of [...routes, ['GET', '/me'], ['GET', '/operators'], ['GET', '/keys']] as const) {
    expect((await okno.call(method, `/api/v1${address}`, { body })).status).toBe(401)
  }
})

test('another company is out of reach by any id', async () => {
  const { cookie, adminId, teamId } = await okno.otherCompany()
  const own = (await asAdmin('POST', '/teams', { name: 'Своя' })).body
  const member = await okno.member('operator')
  const tries: [string, string, unknown, number][] = [
    ['PATCH', `/operators/${adminId}`, { name: 'Взломан' }, 404],
    ['PATCH', `/operators/${adminId}`, { isArchived: true }, 404],
    ['POST', `/operators/${adminId}/password`, { password: 'taken-over' }, 404],
    ['PATCH', `/teams/${teamId}`, { name: 'Взломана' }, 404],
    ['DELETE', `/teams/${teamId}`, undefined, 404],
    ['PATCH', `/teams/${own.id}`, { operatorIds: [adminId] }, 422],
    ['POST', '/teams', { name: 'Чужие', operatorIds: [adminId] }, 422],
    ['PATCH', `/operators/${member.id}`, { teamIds: [teamId] }, 422],
    ['POST', '/operators', draft('Foreign', { teamIds: [teamId] }), 422],
  ]
  for (const [method, address, body, status] of tries) {
    expect([address, (await asAdmin(method, address, body)).status]).toEqual([address, status])
  }

  const theirs = await okno.call('GET', '/api/v1/operators', { cookie })
  expect(theirs.body.items).toMatchObject([{ id: adminId, name: 'Петрова' }])
  expect((await okno.call('GET', '/api/v1/workspace', { cookie })).body.name).toBe('Южный дом')
  expect((await okno.call('GET', '/api/v1/teams', { cookie })).body.items).toMatchObject([{ name: 'Продажи' }])
  const audit = (await okno.call('GET', '/api/v1/audit', { cookie })).body.items
  expect(audit.map(({ objectId }: { objectId: string }) => objectId)).toEqual([teamId, adminId, adminId])
  expect(JSON.stringify((await asAdmin('GET', '/audit?limit=200')).body)).not.toContain(adminId)
})

test('fields that are not offered are refused, not ignored', async () => {
  const member = await okno.member('operator')
  const mine = (body: object) => okno.call('PATCH', '/api/v1/me', { cookie: member.cookie, body })
  for (const field of [
    { role: 'administrator' },
    { capacity: 99 },
    { email: 'x@okno.test' },
    { workspaceId: member.id },
  ]) {
    expect((await mine({ name: 'Иван', ...field })).status).toBe(422)
  }
  for (const field of [
    { userId: okno.adminId },
    { email: 'x@okno.test' },
    { id: okno.adminId },
    { passwordHash: 'x' },
  ]) {
    expect((await asAdmin('PATCH', `/operators/${member.id}`, { name: 'Иван', ...field })).status).toBe(422)
    expect(
      (await asAdmin('POST', '/operators', draft('Grown', field.email ? { isArchived: true } : field))).status,
    ).toBe(422)
  }
  const signIn = await okno.call('POST', '/api/auth/sign-in/email', {
    body: { ...okno.admin, callbackURL: 'https://evil.example' },
  })
  expect(signIn.status).toBe(422)

  expect((await okno.call('GET', '/api/v1/me', { cookie: member.cookie })).body.operator).toMatchObject({
    role: 'operator',
  })
})

test('people change their own name, language and availability', async () => {
  const { cookie } = await okno.member('operator')
  const changed = await okno.call('PATCH', '/api/v1/me', {
    cookie,
    body: { name: 'Мария', locale: 'en', availability: 'away' },
  })

  expect(changed.body.operator).toMatchObject({ name: 'Мария', locale: 'en', availability: 'away' })
  expect((await okno.call('GET', '/api/v1/me', { cookie })).body.operator).toMatchObject({
    name: 'Мария',
    locale: 'en',
  })
})

test('a new role counts at once', async () => {
  const member = await okno.member('operator')
  const audit = () => okno.call('GET', '/api/v1/audit', { cookie: member.cookie })
  expect((await audit()).status).toBe(403)

  await asAdmin('PATCH', `/operators/${member.id}`, { role: 'administrator' })

  expect((await audit()).status).toBe(200)
})

test('a team is renamed, emptied and dissolved', async () => {
  const member = await okno.member('operator')
  const { body } = await asAdmin('POST', '/teams', { name: 'Доставка', operatorIds: [member.id] })
  expect(await asAdmin('POST', '/teams', { name: 'доставка' })).toMatchObject({
    status: 409,
    body: { code: 'access.team_name_taken' },
  })

  const renamed = await asAdmin('PATCH', `/teams/${body.id}`, { name: 'Логистика' })
  expect(renamed.body).toEqual({ id: body.id, name: 'Логистика', operatorIds: [member.id] })
  expect((await asAdmin('DELETE', `/teams/${body.id}`)).status).toBe(204)

  expect((await asAdmin('PATCH', `/teams/${body.id}`, { name: 'Снова' })).status).toBe(404)
  expect((await okno.call('GET', '/api/v1/me', { cookie: member.cookie })).body.operator.teamIds).toEqual([])
})

test('the company is renamed; a time zone must exist', async () => {
  const changed = await asAdmin('PATCH', '/workspace', { name: 'Окна', locale: 'en', timeZone: 'Asia/Yekaterinburg' })

  expect(changed.body).toEqual({ id: okno.workspaceId, name: 'Окна', locale: 'en', timeZone: 'Asia/Yekaterinburg' })
  for (const timeZone of ['Mars/Olympus', '+03:00', '']) {
    expect((await asAdmin('PATCH', '/workspace', { timeZone })).status).toBe(422)
  }
})

test('every change is in the audit log, with who made it, and without passwords', async () => {
  const { body } = await asAdmin('POST', '/operators', draft('Galina'))
  await asAdmin('PATCH', `/operators/${body.id}`, { capacity: 3 })
  await asAdmin('POST', `/operators/${body.id}/password`, { password: 'secret-secret' })

  const { items } = (await asAdmin('GET', `/audit?objectId=${body.id}`)).body
  expect(items.map(({ action }: { action: string }) => action)).toEqual(['password_set', 'changed', 'created'])
  expect(items[1]).toMatchObject({ object: 'operator', details: { capacity: 3 }, operator: { id: okno.adminId } })
  expect(JSON.stringify(items)).not.toMatch(/secret-secret|some-password/)
})

test('a change is announced to other modules and windows', async () => {
  const { body } = await asAdmin('POST', '/operators', draft('Denis'))

  const events = await okno.rows(`select name, data from platform.events where data ->> 'operatorId' = $1`, [body.id])
  expect(events).toEqual([{ name: 'access.operator_changed', data: { operatorId: body.id } }])
})

test('a team whose member left can be changed as it is read', async () => {
  const stays = await okno.member('operator')
  const leaves = await okno.member('operator')
  const { id } = (await asAdmin('POST', '/teams', { name: 'Возвраты', operatorIds: [stays.id, leaves.id] })).body
  await asAdmin('PATCH', `/operators/${leaves.id}`, { isArchived: true })
  const teams: { id: string; operatorIds: string[] }[] = (await asAdmin('GET', '/teams?limit=100')).body.items
  const operatorIds = teams.find((team) => team.id === id)?.operatorIds

  const changed = await asAdmin('PATCH', `/teams/${id}`, { name: 'Возвраты и обмен', operatorIds })

  expect(changed).toMatchObject({ status: 200, body: { name: 'Возвраты и обмен', operatorIds: [stays.id] } })
})
