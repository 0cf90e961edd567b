import { expect, test } from 'vitest'
import type { ImportTarget } from '../../contract/index.ts'
import { suggestKey, suggestMapping } from './suggest-mapping.ts'
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
/** The headings of each product's export as it writes them, with a row. */
const exports: Record<string, readonly [heading: string, value: string, target: string | null][]> = {
  amocrm: [
    ['ID', '31337', 'externalIds'],
    ['Тип', 'контакт', null],
    ['Полное имя контакта', 'Анна Ёлкина', 'name'],
    ['Имя', 'Анна', 'firstName'],
    ['Фамилия', 'Ёлкина', 'lastName'],
    ['Компания контакта', 'ООО «Кров»', 'company'],
    ['Ответственный', 'Иван', 'owner'],
    ['Дата создания', '01.02.2026 10:00', null],
    ['Теги', 'опт', null],
    ['Рабочий телефон', '+79123456789', 'phones'],
    ['Рабочий прямой телефон', '', 'phones'],
    ['Мобильный телефон', '', 'phones'],
    ['Рабочий email', 'a@example.ru', 'emails'],
    ['Личный email', '', 'emails'],
    ['Должность', 'директор', 'position'],
  ],
  bitrix24: [
    ['ID', '7', 'externalIds'],
    ['Обращение', 'г-жа', null],
    ['Имя', 'Анна', 'firstName'],
    ['Отчество', 'Сергеевна', 'middleName'],
    ['Фамилия', 'Ёлкина', 'lastName'],
    ['Населенный пункт', 'Пермь', 'city'],
    ['Рабочий телефон', '8 912 345-67-89', 'phones'],
    ['Рабочий e-mail', 'a@example.ru', 'emails'],
    ['Частный e-mail', '', 'emails'],
    ['Компания', 'ООО «Кров»', 'company'],
    ['Должность', 'директор', 'position'],
    ['Комментарий', 'звонить утром', 'note'],
    ['Ответственный', 'Иван', 'owner'],
  ],
  hubspot: [
    ['Record ID', '51', 'externalIds'],
    ['First Name', 'Ann', 'firstName'],
    ['Last Name', 'Lee', 'lastName'],
    ['Email', 'ann@example.com', 'emails'],
    ['Phone Number', '+1 555 010 0100', 'phones'],
    ['Contact owner', 'Bob', 'owner'],
    ['Primary Company', 'Roof Ltd', 'company'],
    ['Lifecycle Stage', 'customer', null],
    ['Job Title', 'CEO', 'position'],
    ['City', 'Omsk', 'city'],
  ],
  salesforce: [
    ['Salutation', 'Mr.', null],
    ['First Name', 'Ann', 'firstName'],
    ['Last Name', 'Lee', 'lastName'],
    ['Title', 'CEO', 'position'],
    ['Account Name', 'Roof Ltd', 'company'],
    ['Mailing City', 'Omsk', 'city'],
    ['Phone', '+1 555 010 0100', 'phones'],
    ['Mobile', '', 'phones'],
    ['Email', 'ann@example.com', 'emails'],
    ['Contact ID', '0035g00000', 'externalIds'],
  ],
  google: [
    ['First Name', 'Анна', 'firstName'],
    ['Middle Name', '', 'middleName'],
    ['Last Name', 'Ёлкина', 'lastName'],
    ['Phonetic First Name', '', null],
    ['Organization Name', 'ООО «Кров»', 'company'],
    ['Organization Title', 'директор', 'position'],
    ['Notes', 'x', 'note'],
    ['E-mail 1 - Label', 'Work', null],
    ['E-mail 1 - Value', 'a@example.ru', 'emails'],
    ['E-mail 2 - Value', '', 'emails'],
    ['Phone 1 - Value', '+79123456789 ::: +79123456780', 'phones'],
    ['Address 1 - City', 'Пермь', 'city'],
  ],
  outlook: [
    ['Title', 'Ms', null],
    ['First Name', 'Ann', 'firstName'],
    ['Last Name', 'Lee', 'lastName'],
    ['Company', 'Roof Ltd', 'company'],
    ['Job Title', 'CEO', 'position'],
    ['Business City', 'Omsk', 'city'],
    ['Business Phone', '+1 555 010 0100', 'phones'],
    ['Home Phone 2', '', 'phones'],
    ['E-mail Address', 'ann@example.com', 'emails'],
    ['E-mail 2 Address', '', 'emails'],
    ['Notes', 'x', 'note'],
  ],
}

test.each(Object.entries(exports))(
  'an export of %s is recognised, and its columns mean what they mean there',
  (preset, columns) => {
    const head = { names: columns.map(([name]) => name), rows: [columns.map(([, value]) => value)] }
    const found = suggestMapping('person', head, targets, new Map())
    expect(found.preset).toBe(preset)
    expect(found.columns.map(({ name, target }) => [name, target])).toEqual(
      columns.map(([name, , wanted]) => [name, wanted]),
    )
    expect(suggestKey('person', found.columns, targets)).toBe('emails')
  },
)

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
  const context = { dates: null, timeZone: 'Europe/Moscow', operators: new Map([['иван', 'id-1']]) }
  const read = (type: 'money' | 'boolean' | 'datetime', text: string) => readValue({ type }, text, context)
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
  const options = [{ key: 'vip', label: { en: 'Important', ru: 'Важный' }, isArchived: false }]
  expect(readValue({ type: 'choice', options }, 'важный', context)).toEqual({ value: 'vip' })
  expect(readValue({ type: 'reference', target: 'operator' }, 'Иван', context)).toEqual({ value: 'id-1' })
})
