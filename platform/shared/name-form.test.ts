import { expect, test } from 'vitest'
import { nameForm } from './name-form.ts'

test.each([
  ['Пётр Ильич Соловьёв', 'соловьев  петр ильич'],
  ['Петров, Иван', 'Иван\u00a0ПЕТРОВ'],
  ['Andrei\u0306', 'andreĭ'],
  ['Petrov@Example.com', 'petrov@example.com'],
  [' , ', ''],
])('%s and %s are one name', (one, other) => {
  expect(nameForm(one)).toBe(nameForm(other))
})

test.each([
  ['Иван Петров', 'Иван Петрова'],
  ['Андрей', 'Андреи'],
])('%s and %s are two', (one, other) => {
  expect(nameForm(one)).not.toBe(nameForm(other))
})

test('what goes on after the length of a name is not looked at', () => {
  expect(nameForm('а'.repeat(10_000))).toHaveLength(300)
})
