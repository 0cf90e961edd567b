import { expect, test } from 'vitest'
import type { Field } from '#platform/shared/objects/object'
import type { ImportColumn, ImportTarget } from '../../contract/index.ts'
import { rowReader } from './prepare-row.ts'
import { suggestMapping } from './suggest-mapping.ts'
import { dateOrderOf, kindOf } from './value-kinds.ts'
import { readDate } from './values/dates.ts'
import { numberIn, readValue } from './values/read-value.ts'

const target = (key: string, isMany = false): ImportTarget => ({
  key,
  label: { en: key, ru: key },
  type: 'text',
  isMany,
  isRequired: false,
  isKey: isMany,
})
const targets = [
  ...['name', 'firstName', 'lastName', 'middleName', 'city', 'owner', 'company', 'position', 'stage'].map((key) =>
    target(key),
  ),
  ...['emails', 'phones', 'externalIds', 'note'].map((key) => target(key, true)),
]

test('a field that takes one column is given to the first that is not empty, and to the first of empty ones', () => {
  const cities = (business: string, home: string) =>
    suggestMapping('person', { names: ['City', 'Town'], rows: [[business, home]] }, targets, new Map()).columns.map(
      ({ target }) => target,
    )
  expect(cities('Омск', 'Тверь')).toEqual(['city', null])
  expect(cities('', 'Тверь')).toEqual([null, 'city'])
  expect(cities('', '')).toEqual(['city', null])
})

test('a fax, a pager and the phone of an assistant are nobody to call', () => {
  const names = ['Fax', 'Телефон помощника', 'Номер пейджера', 'Телефон']
  const rows = [names.map((_, i) => `+7912345678${i}`)]
  expect(suggestMapping('person', { names, rows }, targets, new Map()).columns.map(({ target }) => target)).toEqual([
    null,
    null,
    null,
    'phones',
  ])
})

test('without headings the values say what they are', () => {
  const found = suggestMapping(
    'person',
    { names: ['A', 'B', 'C'], rows: [['Анна Ёлкина', 'a@example.ru', '8 (912) 345-67-89']] },
    targets,
    new Map(),
  )
  expect(found.columns.map(({ target }) => target)).toEqual([null, 'emails', 'phones'])
  expect(kindOf(['7707083893', '', '500100732259'])).toBe('inn')
})

test('dates are read in the order of their column, and only days that there are', () => {
  const iso = (text: string, order: 'dmy' | 'mdy' | 'ymd' = 'dmy') => readDate(text, order)?.date ?? null
  expect(
    ['01.02.2026', '1/2/26', '2026-02-01', '1 февраля 2026 г.', '01.02.2026 10:30', 'February 1, 2026'].map((text) =>
      iso(text),
    ),
  ).toEqual(Array(6).fill('2026-02-01'))
  expect(iso('02/01/2026', 'mdy')).toBe('2026-02-01')
  expect([iso('31.02.2026'), iso('32.01.2026'), iso('завтра')]).toEqual([null, null, null])
  expect(dateOrderOf(['02/01/2026', '02/28/2026'])).toBe('mdy')
  expect(readDate('2026-02-01T23:05:00+03:00', 'dmy')).toEqual({ date: '2026-02-01', time: '23:05', zone: '+03:00' })
  expect(readDate('2/1/2026 11:05 PM', 'mdy')).toMatchObject({ time: '23:05' })
})

test('numbers, money, yes and choices are read as people write them', () => {
  const context = { dates: null, timeZone: 'Europe/Moscow', operators: new Map([['иван семенов', 'id-1']]) }
  const read = (type: 'money' | 'boolean' | 'datetime' | 'time', text: string) => readValue({ type }, text, context)
  expect(['1 234,56', '1,234.56', '1234.56', '1.234,56'].map((text) => numberIn(text))).toEqual(
    Array(4).fill({ value: 1234.56 }),
  )
  expect(read('money', '1 500,50 руб.')).toEqual({ value: { amount: 1500.5, currency: 'RUB' } })
  expect(read('money', '$12')).toEqual({ value: { amount: 12, currency: 'USD' } })
  expect([read('boolean', 'Да'), read('boolean', '0'), read('boolean', 'может')]).toEqual([
    { value: true },
    { value: false },
    { wrong: 'exchange.not_yes_or_no' },
  ])
  expect(read('datetime', '01.02.2026 10:30')).toEqual({ value: '2026-02-01T07:30:00.000Z' })
  expect(
    ['9:30', '09:30:59', '9:30 PM', '12:05 am', '9:30-11:00', '13:00 pm'].map((text) => read('time', text)),
  ).toEqual([
    { value: '09:30' },
    { value: '09:30' },
    { value: '21:30' },
    { value: '00:05' },
    { wrong: 'exchange.not_a_time' },
    { wrong: 'exchange.not_a_time' },
  ])
  const options = [{ key: 'vip', label: { en: 'Important', ru: 'Важный' }, isArchived: false }]
  expect(readValue({ type: 'choice', options }, 'важный', context)).toEqual({ value: 'vip' })
  const owner = (text: string) => readValue({ type: 'reference', target: 'operator' }, text, context)
  expect([owner('Иван Семёнов'), owner('СЕМЕНОВ,  Иван')]).toEqual(Array(2).fill({ value: 'id-1' }))
  expect(owner('Иван'), 'who is not known is no reason to lose the customer').toEqual({
    leftOut: 'exchange.operator_unknown',
  })
})

test('zeros for a date that nobody knows are no date, and a day may lack its year', () => {
  const birthday = { ...target('birthday'), type: 'date' } as const
  const column: ImportColumn = { name: 'Birthday', examples: [], target: 'birthday', dates: 'mdy', why: 'name' }
  const field = { key: 'birthday', type: 'date' } as Field
  const read = rowReader({ fields: [field] }, [column], {
    timeZone: 'Europe/Moscow',
    operators: new Map(),
    preset: null,
  })
  const of = (text: string) => read([text])

  for (const nothing of ['0/0/00', '0.0.00', '00.00.0000', '0000-00-00', '0000-00-00 00:00:00'])
    expect(of(nothing), nothing).toMatchObject({ values: {}, reasons: [] })
  expect(['--04-08', '--0408', '--02-29', '2/1/1985'].map((text) => of(text).values.birthday)).toEqual([
    '--04-08',
    '--04-08',
    '--02-29',
    '1985-02-01',
  ])
  expect(of('--13-01').reasons).toMatchObject([{ code: 'exchange.not_a_date' }])
  const { columns } = suggestMapping(
    'person',
    { names: ['Birthday'], rows: [['--04-08'], ['0/0/00'], ['2/28/1985']] },
    [birthday],
    new Map(),
  )
  expect(columns[0]).toMatchObject({ target: 'birthday', dates: 'mdy' })
})
