import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveImport, uploadImport } from '../../../../tests/support/imports.ts'
import { anOperator } from '../../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../../tests/support/platform.ts'

let okno: TestOkno

beforeAll(async () => {
  okno = await testPlatform()
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
