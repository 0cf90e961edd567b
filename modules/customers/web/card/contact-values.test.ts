import { expect, test } from 'vitest'
import { readBestTime, readBirthday, showBirthday } from './contact-values.ts'
import { localTime } from './local-time.ts'

test.each([
  ['8.4.1985', '1985-04-08'],
  ['08.04', '--04-08'],
  ['1985-04-08', '1985-04-08'],
  ['29.02', '--02-29'],
  ['29.02.2001', null],
  ['31.04', null],
  ['апрель', null],
])('the birthday %s is read as %s', (typed, birthday) => {
  expect(readBirthday(typed)).toBe(birthday)
})

test.each(['1985-04-08', '--04-08'])('%s is shown as it is read back', (birthday) => {
  expect(readBirthday(showBirthday(birthday))).toBe(birthday)
})

test.each([
  ['9-12', '09:00-12:00'],
  ['18:00–21:30', '18:00-21:30'],
  ['с 9 до 18', '09:00-18:00'],
  ['после шести', null],
  ['9', null],
  ['9-25', null],
])('the best time %s is read as %s', (typed, time) => {
  expect(readBestTime(typed)).toBe(time)
})

test.each([
  ['Asia/Vladivostok', '09:00-23:00', true],
  ['Asia/Vladivostok', '23:00-09:00', false],
  ['Asia/Vladivostok', null, null],
  ['Europe/London', '11:00-12:00', false],
  ['Europe/London', '22:00-12:30', true],
])('at noon in UTC it is the best time in %s for %s: %s', (zone, best, isGood) => {
  expect(localTime(new Date('2026-11-22T12:00:00Z'), zone, best, 'ru')?.isGood).toBe(isGood)
})

test('a zone that nobody knows tells no time', () => {
  expect(localTime(new Date(), 'Luna/Mare', null, 'ru')).toBeNull()
  expect(localTime(new Date(), null, '09:00-12:00', 'ru')).toBeNull()
})
