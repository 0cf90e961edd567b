import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedOnly, changes, changesBetween } from './changes.ts'

const card = (more: object = {}) => ({
  name: 'Анна',
  city: null as string | null,
  tags: ['vip'],
  at: new Date(0),
  custom: {},
  ...more,
})
const FIELDS = ['name', 'city', 'tags', 'at', 'custom'] as const

test('only what differs is told, with both sides; own values one by one', () => {
  const before = card({ custom: { size: 42, colour: 'red' } })
  const after = card({ city: 'Казань', at: new Date(1), custom: { size: 43, colour: 'red', note: 'да' } })

  expect(changesBetween(before, after, FIELDS)).toEqual({
    city: { before: null, after: 'Казань' },
    at: { before: new Date(0), after: new Date(1) },
    'custom.size': { before: 42, after: 43 },
    'custom.note': { before: null, after: 'да' },
  })
  expect(changesBetween(before, card({ custom: { colour: 'red', size: 42 } }), FIELDS)).toEqual({})
})

test('a long value is named and not repeated', () => {
  expect(changesBetween(card(), card({ name: 'я'.repeat(5000) }), FIELDS)).toEqual(changedOnly('name'))
})

test('whatever the values are, changes keep the form that payloads promise', () => {
  const values = fc.record({ custom: fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()) })
  fc.assert(
    fc.property(values, values, (before, after) => {
      const told = JSON.parse(JSON.stringify(changesBetween(before, after, ['custom'])))
      expect(changes.parse(told)).toEqual(told)
    }),
    { numRuns: 100 },
  )
})
