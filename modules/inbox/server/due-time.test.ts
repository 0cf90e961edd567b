import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addBusinessMinutes, type BusinessHours, openSpans } from './due-time.ts'

const nineToSix: [string, string][] = [['09:00', '18:00']]
const office: BusinessHours = {
  mon: nineToSix,
  tue: nineToSix,
  wed: nineToSix,
  thu: nineToSix,
  fri: nineToSix,
  sat: [],
  sun: [],
  holidays: ['2026-12-31', '2027-01-01'],
}
const never: BusinessHours = { ...office, mon: [], tue: [], wed: [], thu: [], fri: [], holidays: [] }
const always: [string, string][] = [['00:00', '24:00']]
const roundTheClock: BusinessHours = {
  mon: always,
  tue: always,
  wed: always,
  thu: always,
  fri: always,
  sat: always,
  sun: always,
  holidays: [],
}

const due = (start: string, minutes: number, businessHours: BusinessHours, timeZone: string) =>
  addBusinessMinutes(new Date(start), minutes, { businessHours, timeZone }).toISOString()

describe('an hour of business time', () => {
  test.each([
    ['within the day', '2026-11-18T07:00:00Z', '2026-11-18T08:00:00.000Z'],
    ['before the office opens', '2026-11-18T02:00:00Z', '2026-11-18T07:00:00.000Z'],
    ['over the evening', '2026-11-18T14:30:00Z', '2026-11-19T06:30:00.000Z'],
    ['over the weekend', '2026-11-20T14:30:00Z', '2026-11-23T06:30:00.000Z'],
    ['written on Saturday', '2026-11-21T10:00:00Z', '2026-11-23T07:00:00.000Z'],
    ['over the holidays', '2026-12-30T14:30:00Z', '2027-01-04T06:30:00.000Z'],
    ['ending with the day', '2026-11-18T14:00:00Z', '2026-11-18T15:00:00.000Z'],
  ])('%s, in Moscow', (_, start, expected) => {
    expect(due(start, 60, office, 'Europe/Moscow')).toBe(expected)
  })

  test('a night in which the clock goes forward is an hour shorter', () => {
    expect(due('2026-03-28T23:00:00Z', 6 * 60, roundTheClock, 'Europe/Berlin')).toBe('2026-03-29T05:00:00.000Z')
    expect(due('2026-03-27T16:30:00Z', 60, office, 'Europe/Berlin')).toBe('2026-03-30T07:30:00.000Z')
  })

  test('a night in which the clock goes back is an hour longer', () => {
    expect(due('2026-10-23T15:30:00Z', 60, office, 'Europe/Berlin')).toBe('2026-10-26T08:30:00.000Z')
  })

  test('without any open hour the calendar decides', () => {
    expect(due('2026-11-18T07:00:00Z', 60, never, 'Europe/Moscow')).toBe('2026-11-18T08:00:00.000Z')
  })

  test('spans that overlap count once', () => {
    const hours: BusinessHours = {
      ...office,
      wed: [
        ['12:00', '14:00'],
        ['09:00', '13:00'],
      ],
    }
    expect(due('2026-11-18T06:00:00Z', 5 * 60, hours, 'Europe/Moscow')).toBe('2026-11-18T11:00:00.000Z')
  })
})

const clock = fc.integer({ min: 0, max: 48 }).map((half) => {
  const hours = String(Math.floor(half / 2)).padStart(2, '0')
  return `${hours}:${half % 2 === 0 ? '00' : '30'}`
})
const day = fc.array(fc.tuple(clock, clock), { maxLength: 3 })
const someHours: fc.Arbitrary<BusinessHours> = fc.record({
  mon: day,
  tue: day,
  wed: day,
  thu: day,
  fri: day,
  sat: day,
  sun: day,
  holidays: fc.constant(['2026-05-01', '2026-05-09']),
})
const zone = fc.constantFrom(
  'Europe/Moscow',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
)
const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
const minutes = fc.integer({ min: 1, max: 3000 })

describe('for any hours, zone and moment', () => {
  test('an answer is never due before its start, and more minutes are never due earlier', () => {
    fc.assert(
      fc.property(someHours, zone, moment, minutes, minutes, (businessHours, timeZone, start, one, more) => {
        const at = (count: number) => addBusinessMinutes(start, count, { businessHours, timeZone }).getTime()
        expect(at(one)).toBeGreaterThanOrEqual(start.getTime() + one * 60_000)
        expect(at(one + more)).toBeGreaterThan(at(one))
      }),
    )
  })

  test('a later start is never due earlier', () => {
    fc.assert(
      fc.property(someHours, zone, moment, minutes, minutes, (businessHours, timeZone, start, later, count) => {
        const at = (from: Date) => addBusinessMinutes(from, count, { businessHours, timeZone })
        expect(at(new Date(start.getTime() + later * 60_000)) >= at(start)).toBe(true)
      }),
    )
  })

  test('the due moment lies inside business hours, unless there are none', () => {
    fc.assert(
      fc.property(someHours, zone, moment, minutes, (businessHours, timeZone, start, count) => {
        const at = addBusinessMinutes(start, count, { businessHours, timeZone }).getTime()
        const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
        const around = [local.subtract({ days: 1 }), local].flatMap((date) => openSpans(date, businessHours, timeZone))
        const isInside = around.some(({ beginMs, endMs }) => at > beginMs && at <= endMs)
        expect(isInside || at === start.getTime() + count * 60_000).toBe(true)
      }),
    )
  })
})
