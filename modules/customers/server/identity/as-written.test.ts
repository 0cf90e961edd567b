import { expect, test } from 'vitest'
import { asWritten } from './as-written.ts'

const evidence = (field: string, a: string, b = a) => [{ field, level: 'exact', weight: 5, a, b }]

test('names in the evidence are written as on the cards, not as they are compared', () => {
  const names = ['Ольга Рождественская-Воскресенская', 'Смирнова, Наталья Юрьевна']

  const told = (field: string, a: string, b?: string) => asWritten(evidence(field, a, b), names)[0]

  expect(told('given', 'Олга', 'Наталя')).toMatchObject({ a: 'Ольга', b: 'Наталья' })
  expect(told('surname', 'Рождественская воскресенская', 'Смирнова')).toMatchObject({
    a: 'Рождественская-Воскресенская',
    b: 'Смирнова',
  })
  expect(told('patronymic', 'Юревна')).toMatchObject({ a: 'Юрьевна', b: 'Юрьевна' })
})

test('what stands in no name of the two cards, and what is no name, stays as it was found', () => {
  expect(asWritten(evidence('surname', 'Петрова'), ['Анна Иванова'])).toEqual(evidence('surname', 'Петрова'))
  expect(asWritten(evidence('phone', '+79120000000'), ['+79120000000 Анна'])).toEqual(evidence('phone', '+79120000000'))
  expect(asWritten(evidence('given', ''), ['Анна'])).toEqual(evidence('given', ''))
})
