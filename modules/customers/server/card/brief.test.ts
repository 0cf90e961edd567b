import { describe, expect, test } from 'vitest'
import type { Matter } from '../../contract/brief.ts'
import { daysToBirthday } from './birthday.ts'
import { type BriefFacts, briefOf } from './brief.ts'

const now = new Date('2026-11-22T12:00:00Z')
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000)

/** Somebody of whom everything is known and to whom nothing is owed. */
const quiet: BriefFacts = {
  now,
  timeZone: 'Europe/Moscow',
  nameIsStandIn: false,
  birthday: null,
  hasEmail: true,
  hasPhone: true,
  hasConsent: true,
  likeness: null,
  tasks: [],
  matters: [],
  ratings: [],
}
const matter = (given: Partial<Matter>): Matter => ({
  object: 'conversation',
  id: '00000000-0000-4000-8000-000000000001',
  number: 7,
  title: 'Счёт',
  state: 'answered',
  lastText: 'Спасибо',
  lastFrom: 'customer',
  lastAt: hours(-1),
  waitingSince: null,
  dueAt: null,
  until: null,
  ...given,
})
const waiting = (id: string, dueAt: Date | null) => matter({ id, state: 'waiting', waitingSince: hours(-2), dueAt })
const task = (id: string, dueAt: Date | null) => ({ id, title: `Позвонить ${id}`, dueAt })
const likeness = { personId: 'other', name: 'Анна Белова' }

const cases: [string, Partial<BriefFacts>, string[]][] = [
  ['nothing to do', {}, []],
  [
    'who waits goes before what was promised',
    { tasks: [task('t', hours(-1))], matters: [waiting('m', hours(1))] },
    ['answer', 'do_task'],
  ],
  ['a task without haste is no next step', { tasks: [task('t', null), task('far', hours(50))] }, []],
  ['a task of today is one', { tasks: [task('t', hours(5))] }, ['do_task']],
  ['an answered conversation asks for nothing', { matters: [matter({})] }, []],
  [
    'what was put off comes back at its time',
    { matters: [matter({ state: 'snoozed', until: hours(-1) })] },
    ['return_to'],
  ],
  ['and not before', { matters: [matter({ state: 'snoozed', until: hours(1) })] }, []],
  ['somebody alike', { likeness }, ['confirm_same']],
  ['a birthday in three days', { birthday: '1985-11-25' }, ['congratulate']],
  ['a birthday in four days', { birthday: '1985-11-26' }, []],
  ['a birthday without a year, today', { birthday: '--11-22' }, ['congratulate']],
  ['no address at all', { hasEmail: false, hasPhone: false }, ['ask_contact']],
  ['one address is enough', { hasEmail: false }, []],
  ['a name made from an address', { nameIsStandIn: true }, ['ask_name']],
  ['no consent', { hasConsent: false }, ['ask_consent']],
  [
    'four steps at most, the most pressing first',
    { likeness, nameIsStandIn: true, hasConsent: false, birthday: '--11-23', matters: [waiting('m', null)] },
    ['answer', 'confirm_same', 'congratulate', 'ask_name'],
  ],
]

describe('what to do next', () => {
  test.each(cases)('%s', (_name, facts, steps) => {
    expect(briefOf({ ...quiet, ...facts }).next.map(({ kind }) => kind)).toEqual(steps)
  })

  test('of two who wait, the one whose answer is due first; overdue is told', () => {
    const { next } = briefOf({
      ...quiet,
      matters: [waiting('later', hours(2)), waiting('late', hours(-1)), waiting('open', null)],
    })
    expect(next.map(({ objectId, isOverdue }) => [objectId, isOverdue])).toEqual([
      ['late', true],
      ['later', false],
      ['open', false],
    ])
  })
})

describe('what is known', () => {
  test('the last matter is the one that was spoken of last, also a closed one', () => {
    const closed = matter({ id: 'closed', state: 'closed', lastAt: hours(-1) })
    expect(briefOf({ ...quiet, matters: [matter({ id: 'open', lastAt: hours(-9) }), closed] }).last?.id).toBe('closed')
    expect(briefOf(quiet).last).toBeNull()
  })

  test('a mood is known only from a mark that the person gave, the last one', () => {
    const angry = matter({ lastText: 'Это безобразие, верните деньги!' })
    expect(briefOf({ ...quiet, matters: [angry] }).mood).toBeNull()
    const ratings = [
      { value: 5, of: 5, at: hours(-100) },
      { value: 1, of: 5, at: hours(-2) },
    ]
    expect(briefOf({ ...quiet, ratings }).mood).toEqual(ratings[1])
  })

  test('promises stand by their time, those without one last', () => {
    const { promises } = briefOf({
      ...quiet,
      tasks: [task('whenever', null), task('call', hours(3))],
      matters: [waiting('wait', hours(-1)), matter({ id: 'later', state: 'snoozed', until: hours(9), title: '' })],
    })
    expect(promises.map(({ kind, id, isOverdue }) => [kind, id, isOverdue])).toEqual([
      ['answer', 'wait', true],
      ['task', 'call', false],
      ['return', 'later', false],
      ['task', 'whenever', false],
    ])
    expect(promises[2]?.title).toBe('Спасибо')
  })
})

test.each([
  ['1985-11-22', '2026-11-22T12:00:00Z', 'UTC', 0],
  ['--11-23', '2026-11-22T22:00:00Z', 'Europe/Moscow', 0],
  ['--11-23', '2026-11-22T20:00:00Z', 'Europe/Moscow', 1],
  ['1990-01-01', '2026-12-30T12:00:00Z', 'UTC', 2],
  ['2000-02-29', '2027-02-27T12:00:00Z', 'UTC', 2],
  ['2000-02-29', '2028-02-27T12:00:00Z', 'UTC', 2],
])('days to %s at %s in %s: %i', (birthday, at, zone, count) => {
  expect(daysToBirthday(birthday, new Date(at), zone).count).toBe(count)
})
