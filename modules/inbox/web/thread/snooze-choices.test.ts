import { expect, test } from 'vitest'
import { snoozeChoices } from './snooze-choices.ts'

const namesAt = (time: string) => snoozeChoices(new Date(time)).map(({ name }) => name)

test('the evening is offered only while it lies ahead', () => {
  expect(namesAt('2026-11-18T10:00:00')).toEqual(['hour', 'evening', 'tomorrow', 'monday'])
  expect(namesAt('2026-11-18T18:00:00')).toEqual(['hour', 'tomorrow', 'monday'])
})

test('on Sunday, Monday is called tomorrow', () => {
  expect(namesAt('2026-11-22T10:00:00')).toEqual(['hour', 'evening', 'tomorrow'])
})

test('on Monday, Monday is that of the next week', () => {
  const monday = snoozeChoices(new Date('2026-11-23T10:00:00')).find(({ name }) => name === 'monday')

  expect(monday?.at).toEqual(new Date('2026-11-30T09:00:00'))
})
