import { expect, test } from 'vitest'
import { strengthOf } from './strength.ts'

test('evidence is called by how many times as often it is seen in one case as in the other', () => {
  expect(strengthOf(12.6)).toMatchObject({ speaks: 'for', level: 4 })
  expect(strengthOf(5.2)).toMatchObject({ speaks: 'for', level: 3 })
  expect(strengthOf(-2.6)).toMatchObject({ speaks: 'against', level: 2 })
  expect(strengthOf(-1)).toEqual({ speaks: 'against', level: 1, times: 2 })
  expect(strengthOf(0.1)).toMatchObject({ level: 0 })
})
