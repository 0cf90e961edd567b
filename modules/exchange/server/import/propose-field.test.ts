import { expect, test } from 'vitest'
import { proposeField } from './propose-field.ts'

const proposed = (...cells: string[]) => {
  const { type, fits } = proposeField('Столбец', cells)
  return { type, fits }
}

test('a column is proposed as what all its values are', () => {
  expect(proposed('да', 'нет', '', 'Да')).toMatchObject({
    type: 'boolean',
    fits: expect.arrayContaining(['choice', 'text']),
  })
  expect(proposed('1 200,50', '-3', '15').type).toBe('number')
  expect(proposed('31.01.2026', '01.02.2027').type).toBe('date')
  expect(proposed('Роза', 'роза', 'Пион', 'Роза').type).toBe('choice')
  expect(proposed('Роза', 'Пион', 'Лилия')).toEqual({ type: 'text', fits: ['choice', 'text', 'long_text'] })
  expect(proposed('Первая строка\nи вторая').type).toBe('long_text')
})

test('numbers of something are no amounts, and one other value makes a column of numbers a text', () => {
  for (const code of ['007', '+79991234567', '12345678901234567'])
    expect(proposed(code, '12').fits, code).not.toContain('number')
  expect(proposed('15', 'много').fits).not.toContain('number')
})

test('an empty column holds a text until somebody says more', () => {
  expect(proposed('', '')).toEqual({ type: 'text', fits: ['text', 'long_text'] })
})

test('a choice offers each value once, as it is written first, and no more than somebody can look through', () => {
  expect(proposeField('Сорт', ['Роза', 'РОЗА', 'Астра']).options).toEqual(['Астра', 'Роза'])
  const many = Array.from({ length: 51 }, (_, n) => `Сорт ${n}`)
  expect(proposeField('Сорт', [...many, ...many])).toMatchObject({ type: 'text', options: [] })
})
