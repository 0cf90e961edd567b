import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFile, moveImport, rowsOf, uploadImport } from '../../../../tests/support/imports.ts'
import { anOperator } from '../../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../../tests/support/platform.ts'

let okno: TestOkno

beforeAll(async () => {
  okno = await testPlatform()
  await okno.call('POST', '/objects/person/fields', {
    key: 'card',
    type: 'text',
    label: { en: 'Номер карты', ru: 'Номер карты' },
    isUnique: true,
  })
})
afterAll(() => okno?.close())

const person = async (text: string) => {
  const { body } = await okno.call('GET', `/people?q=${encodeURIComponent(text)}`)
  const found = body.items[0]
  return found && (await okno.call('GET', `/people/${found.id}`)).body
}

test('a column that no field fits gets a new one by its values, which stays when the import is taken back', async () => {
  const csv = [
    'name,email,Сорт,Баллы,Дата визита',
    'Роза Первая,r1@flowers.example,Пион,10,31.01.2026',
    'Роза Вторая,r2@flowers.example,Астра,"1 000,5",01.02.2026',
    'Роза Третья,r3@flowers.example,пион,,',
    'Роза Четвёртая,r4@flowers.example,Астра,7,',
  ].join('\n')
  const { body } = await uploadImport(okno, csv)
  const proposal = (column: number) => okno.call('GET', `/imports/${body.id}/field-proposal?column=${column}`)
  const add = (field: object) => okno.call('POST', `/imports/${body.id}/fields`, field)
  expect((await proposal(2)).body).toMatchObject({ label: 'Сорт', type: 'choice', options: ['Астра', 'Пион'], rows: 4 })
  expect((await proposal(3)).body).toMatchObject({ type: 'number', rows: 3 })

  const supervisor = await anOperator(okno, { role: 'supervisor' })
  const asked = { column: 3, label: 'Баллы', type: 'number' }
  expect((await supervisor.call('GET', `/imports/${body.id}`)).body.can).toMatchObject({ map: true, addFields: false })
  expect(await supervisor.call('POST', `/imports/${body.id}/fields`, asked)).toMatchObject({ status: 403 })
  expect(await supervisor.call('GET', `/imports/${body.id}/field-proposal?column=3`)).toMatchObject({ status: 403 })
  expect((await add({ ...asked, column: 2 })).body.errors).toMatchObject([
    { path: 'type', code: 'exchange.type_unfit' },
  ])
  expect((await add({ ...asked, column: 9 })).body.errors).toMatchObject([{ path: 'column' }])

  await add(asked)
  await add({ column: 2, label: 'Любимый сорт', type: 'choice' })
  const { body: mapped } = await add({ column: 4, label: 'Визит', type: 'date' })
  const targets = mapped.columns.map(({ target }: { target: string }) => target)
  expect(targets).toEqual(['name', 'emails', 'custom.lyubimyy_sort', 'custom.bally', 'custom.vizit'])
  const checked = await moveImport(okno, body.id, 'check')
  expect(checked.expected).toMatchObject({ created: 4, refused: 0 })
  await moveImport(okno, body.id, 'run')
  expect((await person('r2@flowers.example')).custom).toEqual({
    lyubimyy_sort: 'astra',
    bally: 1000.5,
    vizit: '2026-02-01',
  })
  expect((await person('r3@flowers.example')).custom).toEqual({ lyubimyy_sort: 'pion' })

  await moveImport(okno, body.id, 'undo')
  expect(await person('r2@flowers.example')).toBeUndefined()
  const { body: described } = await okno.call('GET', '/objects/person')
  expect(described.fields.map(({ key }: { key: string }) => key)).toEqual(
    expect.arrayContaining(['custom.bally', 'custom.vizit']),
  )
})

test('headings are remembered as this company mapped them', async () => {
  const { body } = await uploadImport(okno, 'Кто,Чем звонить\nИван,+79990000030\n')
  expect(body.columns[0]?.target).toBeNull()
  const mapping = [{ target: 'name' }, { target: 'phones' }]
  await okno.call('PATCH', `/imports/${body.id}`, { mapping })
  await moveImport(okno, body.id, 'check')
  const again = await uploadImport(okno, 'Чем звонить,Кто\n+79990000031,Мария\n')
  expect(again.body.columns.map(({ target, why }) => [target, why])).toEqual([
    ['phones', 'memory'],
    ['name', 'memory'],
  ])
})

test('a row whose operator is not known comes in without; who was said to be meant is meant in every later file', async () => {
  const meant = await anOperator(okno, { role: 'operator' })
  const csv =
    'name,email,Ответственный\nОпт Первый,o1@owner.example,Пётр Ушедший\nОпт Второй,o2@owner.example,\nСвой,12@,Зоя\n'
  const done = await importFile(okno, csv)

  expect(done).toMatchObject({
    expected: { created: 2, refused: 1, remarked: 1 },
    result: { created: 2, refused: 1, remarked: 1 },
    operators: [{ name: 'Пётр Ушедший', operatorId: null }],
  })
  const remark = { code: 'exchange.operator_unknown', field: 'owner', params: { value: 'Пётр Ушедший' } }
  expect(await rowsOf(okno, done.id, '&outcome=remarked')).toMatchObject([
    { number: 1, outcome: 'created', reasons: [], remarks: [remark] },
  ])
  expect((await person('o1@owner.example')).ownerId).toBeNull()
  const remarks = await fetch(`${okno.url}/api/v1/imports/${done.id}/remarks?locale=ru`, {
    headers: { authorization: 'Bearer okno_test_key_of_the_first_administrator' },
  })
  expect((await remarks.text()).split('\r\n')[1]).toBe(
    'Опт Первый;o1@owner.example;Пётр Ушедший;Ответственный: оператора «Пётр Ушедший» нет, это поле не загружается.',
  )

  const { body } = await uploadImport(okno, csv)
  await moveImport(okno, body.id, 'check')
  const say = (operatorId: string | null) =>
    okno.call('PATCH', `/imports/${body.id}`, { operators: [{ name: 'пётр  ушедший', operatorId }] })
  expect((await say(okno.admin.workspaceId)).body.errors).toMatchObject([
    { path: 'operators.0.operatorId', code: 'access.unknown_operator' },
  ])
  expect((await say(meant.id)).body).toMatchObject({
    state: 'mapping',
    operators: [{ name: 'Пётр Ушедший', operatorId: meant.id }],
  })
  expect(await moveImport(okno, body.id, 'check')).toMatchObject({ expected: { changed: 1, same: 1, remarked: 0 } })
  await moveImport(okno, body.id, 'run')
  expect((await person('o1@owner.example')).ownerId).toBe(meant.id)

  const later = await importFile(okno, 'name,email,Ответственный\nОпт Третий,o3@owner.example,УШЕДШИЙ ПЕТР\n')
  expect(later).toMatchObject({ result: { created: 1, remarked: 0 }, operators: [] })
  expect((await person('o3@owner.example')).ownerId).toBe(meant.id)
})

test('all names that nobody here has may go to one operator, in this file only; who is meant by a name goes before', async () => {
  const [meant, heir] = [await anOperator(okno, { role: 'operator' }), await anOperator(okno, { role: 'operator' })]
  const csv = (part: string) =>
    `name,email,Ответственный\nОдин,${part}1@heir.example,Фёкла Именная\nДва,${part}2@heir.example,Кто-то Третий\nТри,${part}3@heir.example,\n`
  const { body } = await uploadImport(okno, csv('a'))
  await moveImport(okno, body.id, 'check')
  const say = (patch: object) => okno.call('PATCH', `/imports/${body.id}`, patch)
  expect((await say({ othersOperatorId: okno.admin.workspaceId })).body.errors).toMatchObject([
    { path: 'othersOperatorId', code: 'access.unknown_operator' },
  ])
  await say({ operators: [{ name: 'Фёкла Именная', operatorId: meant.id }] })
  expect((await say({ othersOperatorId: heir.id })).body).toMatchObject({
    state: 'mapping',
    othersOperatorId: heir.id,
    operators: [{ operatorId: meant.id }, { name: 'Кто-то Третий', operatorId: null }],
  })
  expect(await moveImport(okno, body.id, 'check')).toMatchObject({ expected: { created: 3, remarked: 0 } })
  await moveImport(okno, body.id, 'run')
  const owners = []
  for (const place of [1, 2, 3]) owners.push((await person(`a${place}@heir.example`)).ownerId)
  expect(owners).toEqual([meant.id, heir.id, null])

  const later = await importFile(okno, csv('b'))
  expect(later).toMatchObject({ othersOperatorId: null, result: { remarked: 1 } })
})

test('a number is of the product whose file it stands in: 7 here and 7 there are two people, each found again', async () => {
  const patch = { key: 'externalIds' }
  const outcomes = async (csv: string) => {
    const done = await importFile(okno, csv, { patch })
    return { id: done.id, rows: (await rowsOf(okno, done.id)).map(({ outcome }) => outcome) }
  }
  const amo = 'ID;Полное имя контакта;Ответственный\n7;Кроткая Анна;\n8;Другой Человек;\n9;Один Из Амо;\n'
  const bitrix = 'ID;Обращение;Имя;Отчество;Фамилия;Ответственный\n7;;Анна;;Кроткая;\n9;;Иной;;Совсем;\n'
  // As numbers were stored before they were told apart.
  await outcomes('External id,name\n7,Анна Кроткая\n8,Борис Старый\n')
  const anna = await person('Анна Кроткая')

  const first = await outcomes(amo)
  expect(first.rows, 'a number without a product needs more to agree').toEqual(['changed', 'created', 'created'])
  const numbers = async () =>
    (await okno.call('GET', `/people/${anna.id}`)).body.identities
      .map(({ value }: { value: string }) => value)
      .toSorted()
  expect(await numbers()).toEqual(['7', 'amocrm:7'])
  expect((await outcomes(amo)).rows).toEqual(['same', 'same', 'same'])

  const other = await outcomes(bitrix)
  expect(other.rows, 'the card with the same number and name is of another product').toEqual(['created', 'created'])
  expect((await outcomes(bitrix)).rows).toEqual(['same', 'same'])
  const whole = 'External id,name\nbitrix24:9,Совсем Иной\n'
  expect((await outcomes(whole)).rows, 'as lists are exported').toEqual(['changed'])

  expect((await moveImport(okno, first.id, 'undo')).undo).toEqual({ removed: 2, restored: 1, left: 0 })
  expect(await numbers()).toEqual(['7'])
})

test('an address book comes in as it is: nobody maps a column, and a birthday may lack its year', async () => {
  const head =
    'First Name,Last Name,Organization Name,Birthday,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value'
  const book = `${head}\nГлафира,Верещагина,Полюс,--02-29,* myContacts,Work,glafira@book.example,8 921 555-44-33\n`

  expect(await importFile(okno, book)).toMatchObject({ preset: 'google', result: { created: 1, refused: 0 } })
  expect(await person('Верещагина')).toMatchObject({ name: 'Глафира Верещагина', birthday: '--02-29' })
})

test('a unique field is a key, and its value is taken once', async () => {
  await importFile(okno, 'name,Номер карты\nПервый,K-1\nВторой,K-2\n', { patch: { key: 'custom.card' } })
  const again = await importFile(okno, 'name,Номер карты,Город\nПервый,k-1,Тула\n', { patch: { key: 'custom.card' } })
  expect(again.result).toMatchObject({ changed: 1, created: 0 })
  const taken = await importFile(okno, 'name,Номер карты\nТретий,K-2\n', { patch: { key: null } })
  expect((await rowsOf(okno, taken.id))[0]?.reasons).toEqual([{ code: 'objects.value_taken', field: 'custom.card' }])
})
