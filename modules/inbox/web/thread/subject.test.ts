import { expect, test } from 'vitest'
import { isNewSubject } from './subject.ts'

test('a subject is not repeated for each answer', () => {
  expect(isNewSubject('Re: Kitchen', 'Kitchen')).toBe(false)
  expect(isNewSubject('Отв: Re[2]: кухня', 'Кухня')).toBe(false)
  expect(isNewSubject('', 'Кухня')).toBe(false)
  expect(isNewSubject(null, 'Кухня')).toBe(false)
})

test('a subject that changed is shown', () => {
  expect(isNewSubject('Re: Delivery', 'Kitchen')).toBe(true)
  expect(isNewSubject('Reminder', 'Kitchen')).toBe(true)
})
