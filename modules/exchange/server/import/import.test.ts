import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundPerson, importFile, moveImport, rowsOf, uploadImport } from '../../../../tests/support/imports.ts'
import { anOperator } from '../../../../tests/support/inbox.ts'
import { eventually, type TestOkno, testPlatform } from '../../../../tests/support/platform.ts'

let okno: TestOkno
const label = (text: string) => ({ en: text, ru: text })

beforeAll(async () => {
  okno = await testPlatform()
  const field = (object: string, body: object) => okno.call('POST', `/objects/${object}/fields`, body)
  await field('person', { key: 'card', type: 'text', label: label('Номер карты'), isUnique: true })
  await field('person', { key: 'limit', type: 'money', label: label('Лимит') })
  await okno.call('POST', '/objects', { key: 'car', label: { one: label('Car'), many: label('Cars') } })
  await field('custom.car', { key: 'seats', type: 'number', label: label('Мест') })
})
afterAll(() => okno?.close())

const person = (text: string) => foundPerson(okno, text)
const inWindows1251 = (text: string) =>
  Uint8Array.from([...text], (letter) => {
    const code = letter.codePointAt(0) ?? 0
    if (code < 128) return code
    if (letter === 'Ё') return 0xa8
    if (letter === 'ё') return 0xb8
    if (letter === '№') return 0xb9
    return code - 0x410 + 0xc0
  })

test('a messy Russian list becomes people, with what is known joined and what is wrong refused, row by row', async () => {
  const known = await okno.call('POST', '/people', { name: 'Пётр Известный', emails: ['petr@known.ru'], city: 'Омск' })
  const csv = inWindows1251(
    [
      'Фамилия;Имя;Отчество;E-mail;Телефон;Город;Компания;Должность;Лимит;Номер карты',
      'Ёлкина;Анна;Сергеевна;anna@example.ru;8 (912) 345-67-89;Пермь;ООО «Кров»;директор;1 500,50 руб;A1'
        .replace(/[«»]/g, '"')
        .replaceAll('"', '""')
        .replace('ООО ""Кров""', '"ООО ""Кров"""'),
      'Известный;Пётр;;PETR@known.ru;;Томск;;;;',
      'Ёлкина;Аня;;anna@example.ru;;;;;;',
      'Сломанный;Телефон;;;12;;;;;',
      ';;;;;Пермь;;;;',
      '',
    ].join('\r\n'),
  )

  const uploaded = await uploadImport(okno, csv)

  expect(uploaded.status, JSON.stringify(uploaded.body)).toBe(201)
  expect(uploaded.body).toMatchObject({
    reading: { format: 'csv', encoding: 'windows-1251', delimiter: ';', hasHeader: true },
    key: 'emails',
  })
  expect(uploaded.body.columns.map(({ target }) => target)).toEqual([
    'lastName',
    'firstName',
    'middleName',
    'emails',
    'phones',
    'city',
    'company',
    'position',
    'custom.limit',
    'custom.card',
  ])

  const { id } = uploaded.body
  const checked = await moveImport(okno, id, 'check')
  expect(checked).toMatchObject({
    state: 'checked',
    total: 5,
    expected: { created: 1, changed: 1, joined: 1, same: 0, refused: 2 },
  })
  const dry = await rowsOf(okno, id)
  expect(dry.map(({ outcome }) => outcome)).toEqual(['created', 'changed', 'joined', 'refused', 'refused'])
  expect(dry[1]).toMatchObject({
    card: { id: known.body.id, name: 'Пётр Известный' },
    by: { kind: 'email', value: 'petr@known.ru' },
  })
  expect(dry[1]?.changes).toContainEqual({ field: 'city', before: 'Омск', after: 'Томск' })
  expect(dry[2]?.joinedRow).toBe(1)
  expect(dry[3]?.reasons).toEqual([{ code: 'exchange.not_a_phone', field: 'phones', params: { value: '12' } }])
  expect(dry[4]?.reasons[0]?.code).toBe('customers.name_required')
  expect(await person('anna@example.ru'), 'nothing is changed by a check').toBeUndefined()

  const done = await moveImport(okno, id, 'run')
  expect(done).toMatchObject({
    state: 'done',
    result: { created: 1, changed: 1, joined: 1, same: 0, refused: 2 },
    can: { undo: true, run: false },
  })
  const anna = await person('anna@example.ru')
  expect(anna).toMatchObject({
    name: 'Аня Ёлкина',
    middleName: 'Сергеевна',
    city: 'Пермь',
    origin: 'import',
    custom: { limit: { amount: 1500.5, currency: 'RUB' }, card: 'A1' },
  })
  expect(anna.identities).toEqual(
    expect.arrayContaining([expect.objectContaining({ kind: 'phone', value: '+79123456789', proven: false })]),
  )
  expect((await okno.call('GET', `/people/${anna.id}`)).body).toMatchObject({
    employments: [{ companyName: 'ООО "Кров"', position: 'директор' }],
  })
  expect((await okno.call('GET', `/people/${known.body.id}`)).body.city).toBe('Томск')
  const bodies = 'select body from platform.search_documents where id = $1'
  const { rows: found } = await okno.platform.database.pool.query(bodies, [known.body.id])
  expect(found, 'search knows what changed').toEqual([{ body: 'Томск' }])

  const undone = await moveImport(okno, id, 'undo')
  expect(undone).toMatchObject({ state: 'undone', undo: { removed: 1, restored: 2, left: 0 } })
  expect(await person('anna@example.ru')).toBeUndefined()
  expect((await okno.call('GET', `/people/${known.body.id}`)).body.city).toBe('Омск')
  expect((await okno.call('GET', '/companies?q=Кров')).body.items).toEqual([])
})

test('what somebody touched since stays, and the undo says why', async () => {
  const known = await okno.call('POST', '/people', {
    name: 'Вера Старая',
    phones: ['+79990000001'],
    city: 'Уфа',
    note: 'прежняя',
  })
  const done = await importFile(
    okno,
    'Телефон,Имя,Город,Заметка\n+79990000001,Вера,Казань,новая\n+79990000002,Новый,Сочи,\n',
  )
  const fresh = await person('79990000002')
  await okno.call('PATCH', `/people/${fresh.id}`, { city: 'Анапа' })
  await okno.call('PATCH', `/people/${known.body.id}`, { city: 'Самара' })

  const undone = await moveImport(okno, done.id, 'undo')

  expect(undone.undo).toEqual({ removed: 0, restored: 0, left: 2 })
  const left = await rowsOf(okno, done.id, '&outcome=left')
  expect(left.map(({ undone }) => undone?.left)).toEqual([
    [{ code: 'exchange.changed_since', field: 'city' }],
    [{ code: 'exchange.changed_since' }],
  ])
  expect((await okno.call('GET', `/people/${known.body.id}`)).body).toMatchObject({ city: 'Самара', note: 'прежняя' })
})

test('an address that only a stranger typed joins nobody; several cards of one phone are left to people', async () => {
  const site = (await okno.call('POST', '/accounts', { kind: 'api', name: 'Сайт', config: {} })).body
  await fetch(`${okno.url}/in/${site.key}`, {
    method: 'POST',
    body: JSON.stringify({ from: { id: 'u1', name: 'Чужой', email: 'typed@example.com' }, text: 'Здравствуйте' }),
  })
  await eventually(() => person('Чужой'))
  await okno.call('POST', '/people', { name: 'Мать', phones: ['+79990000010'] })
  await okno.call('POST', '/people', { name: 'Дочь', phones: ['+79990000010'] })

  const typed = await importFile(okno, 'name,email\nНастоящий,typed@example.com\n', { patch: { key: 'emails' } })
  const several = await importFile(okno, 'name,phone\nКто-то,+79990000010\n', { patch: { key: 'phones' } })

  expect(await rowsOf(okno, typed.id)).toMatchObject([{ outcome: 'created', alike: [{ name: 'Чужой' }] }])
  const [row] = await rowsOf(okno, several.id)
  expect(row?.outcome).toBe('created')
  expect(row?.alike.map(({ name }) => name).toSorted()).toEqual(['Дочь', 'Мать'])
})

test('proven addresses are the word of an administrator, and then their sender is known', async () => {
  const supervisor = await anOperator(okno, { role: 'supervisor' })
  const { body } = await uploadImport(okno, 'name,email\nДоверенный,proven@example.com\n')
  expect(await supervisor.call('PATCH', `/imports/${body.id}`, { isProven: true })).toMatchObject({ status: 403 })
  expect(await okno.call('PATCH', `/imports/${body.id}`, { isProven: true })).toMatchObject({ status: 200 })
  await moveImport(okno, body.id, 'check')
  await moveImport(okno, body.id, 'run')
  expect((await person('proven@example.com')).identities).toEqual([
    expect.objectContaining({ kind: 'email', proven: true }),
  ])
})

test('only empty fields are filled, or known cards stay as they are, when that is chosen', async () => {
  const known = await okno.call('POST', '/people', { name: 'Ольга', emails: ['olga@example.com'], city: 'Псков' })
  const csv = 'email,name,Город,Заметка\nolga@example.com,Оля,Тверь,постоянный клиент\n'
  expect((await importFile(okno, csv, { patch: { onMatch: 'skip' } })).result).toMatchObject({ same: 1 })
  expect((await importFile(okno, csv, { patch: { onMatch: 'fill' } })).result).toMatchObject({ changed: 1 })
  expect((await okno.call('GET', `/people/${known.body.id}`)).body).toMatchObject({
    name: 'Ольга',
    city: 'Псков',
    note: 'постоянный клиент',
  })
})

test('companies and own objects come in and go back by the doors of their modules', async () => {
  const companies = await importFile(okno, 'Название;ИНН;Сайт\nАльфа;7707083893;alfa.example\nБета;7707083893;\n', {
    object: 'company',
  })
  expect(companies.result, JSON.stringify(await rowsOf(okno, companies.id))).toMatchObject({
    created: 1,
    joined: 1,
    refused: 0,
  })
  const cars = await importFile(okno, 'name;Мест\nНива;четыре\nВолга;5\n', { object: 'custom.car' })
  expect(cars.result).toMatchObject({ created: 1, refused: 1 })
  expect((await moveImport(okno, cars.id, 'undo')).undo).toEqual({ removed: 1, restored: 0, left: 0 })
})

test('refused rows come back as a file that runs nothing and can be mended', async () => {
  const done = await importFile(
    okno,
    'name,phone,Заметка\n"=HYPERLINK(""http://evil.example"")",12,"+1, да; ""так"""\nХорошая,+79990000040,\n',
  )
  const file = await fetch(`${okno.url}/api/v1/imports/${done.id}/refused?locale=ru`, {
    headers: { authorization: 'Bearer okno_test_key_of_the_first_administrator' },
  })
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer())
  expect(text).toBe(
    '\uFEFFname;phone;Заметка;Почему строка не принята\r\n"\'=HYPERLINK(""http://evil.example"")";12;"\'+1, да; ""так""";phone: «12» — не номер телефона.\r\n',
  )

  const mended = await importFile(okno, text.replace(';12;', ';+79990000041;'))
  expect(mended.result).toMatchObject({ created: 1, refused: 0 })
  expect(await person('79990000041')).toMatchObject({
    name: '=HYPERLINK("http://evil.example")',
    note: '+1, да; "так"',
  })
})

test('an erased person is erased from the lists too, and restricted data is not changed', async () => {
  const csv = 'name,email,Город\nЗабытая Клавдия,klava@example.org,Тверь\nОставшийся,stays@example.org,Омск\n'
  const done = await importFile(okno, csv)
  const { id, name } = await person('klava@example.org')
  await okno.call('PUT', `/people/${id}/restriction`, { reason: 'Просит не использовать' })
  const again = await importFile(okno, csv.replace('Тверь', 'Псков'))
  expect((await rowsOf(okno, again.id, '&outcome=refused'))[0]?.reasons).toEqual([{ code: 'customers.restricted' }])

  const erased = await okno.call('POST', `/people/${id}/erasure`, { name, ground: 'request' })

  expect(erased.status, JSON.stringify(erased.body)).toBe(201)
  expect(
    JSON.stringify([await rowsOf(okno, done.id), (await okno.call('GET', `/imports/${done.id}`)).body]),
  ).not.toMatch(/Клавдия|klava@/)
  expect((await rowsOf(okno, done.id))[1]?.cells).toEqual(['Оставшийся', 'stays@example.org', 'Омск'])

  const stays = await person('stays@example.org')
  const found = 'select id from platform.search_documents where id = any($1)'
  const { pool } = okno.platform.database
  await pool.query(found.replace('select id', 'delete'), [[id, stays.id]])
  await okno.platform.transaction(okno.admin.workspaceId, (tx) =>
    okno.modules.customers.makePeopleFindable(tx, [id, stays.id]),
  )
  expect((await pool.query(found, [[id, stays.id]])).rows, 'search is told late, and of the living alone').toEqual([
    { id: stays.id },
  ])
})

test('what cannot be imported says why', async () => {
  const refusal = async (file: string | Uint8Array) => (await uploadImport(okno, file)).body.code
  expect(await refusal('')).toBe('exchange.empty_file')
  expect(await refusal(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]))).toBe('exchange.unknown_format')
  expect(await refusal('PK not a workbook')).toBe('exchange.not_xlsx')
  expect((await uploadImport(okno, 'a,b\n1,2\n', { object: 'operator' })).body.code).toBe('exchange.object_unknown')
  const operator = await anOperator(okno)
  expect((await operator.call('GET', '/imports')).status).toBe(403)
  const { body } = await uploadImport(okno, 'name,email\nA,a@example.org\n')
  expect(await okno.call('POST', `/imports/${body.id}/run`)).toMatchObject({
    status: 409,
    body: { code: 'exchange.wrong_state' },
  })
  expect(
    await okno.call('PATCH', `/imports/${body.id}`, { mapping: [{ target: 'nothing' }, { target: 'name' }] }),
  ).toMatchObject({ status: 422, body: { code: 'exchange.mapping_wrong', errors: [{ path: 'mapping.0' }] } })
})
