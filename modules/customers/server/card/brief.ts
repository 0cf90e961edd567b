import type { Task } from '../../contract/around.ts'
import type { Brief, Matter, NextStep, OpenPromise, Rating } from '../../contract/brief.ts'
import { daysToBirthday } from './birthday.ts'

/** What a brief is made from. */
export interface BriefFacts {
  readonly now: Date
  /** By the person's clock if it is known, else the company's. */
  readonly timeZone: string
  readonly nameIsStandIn: boolean
  readonly birthday: string | null
  readonly hasEmail: boolean
  readonly hasPhone: boolean
  /** A consent to the processing of personal data is in force. */
  readonly hasConsent: boolean
  readonly likeness: { readonly personId: string; readonly name: string } | null
  readonly tasks: readonly Pick<Task, 'id' | 'title' | 'dueAt'>[]
  readonly matters: readonly Matter[]
  readonly ratings: readonly Rating[]
}

const MAX_PROMISES = 6
const MAX_STEPS = 4
/** Congratulations are prepared so many days before. */
const BIRTHDAY_DAYS = 3
/** A task without haste is named as the next step only when its day is near. */
const SOON_MS = 24 * 60 * 60 * 1000

/** The person in five seconds, by rules that anybody can check: only facts, nothing guessed. */
export function briefOf(facts: BriefFacts): Brief {
  const last = facts.matters.toSorted((a, b) => b.lastAt.getTime() - a.lastAt.getTime())[0] ?? null
  const mood = facts.ratings.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null
  return { last, mood, promises: promisesOf(facts).slice(0, MAX_PROMISES), next: nextOf(facts).slice(0, MAX_STEPS) }
}

/** What we owe: overdue first, then by time; what has no time last. */
function promisesOf({ now, tasks, matters }: BriefFacts): OpenPromise[] {
  const isOverdue = (at: Date | null) => at !== null && at <= now
  const answers = matters
    .filter(({ state }) => state === 'waiting')
    .map(
      ({ id, title, lastText, dueAt }): OpenPromise => ({
        kind: 'answer',
        id,
        title: title || lastText,
        dueAt,
        isOverdue: isOverdue(dueAt),
      }),
    )
  const returns = matters
    .filter(({ state }) => state === 'snoozed')
    .map(
      ({ id, title, lastText, until }): OpenPromise => ({
        kind: 'return',
        id,
        title: title || lastText,
        dueAt: until,
        isOverdue: isOverdue(until),
      }),
    )
  const todo = tasks.map(
    ({ id, title, dueAt }): OpenPromise => ({ kind: 'task', id, title, dueAt, isOverdue: isOverdue(dueAt) }),
  )
  const time = (one: OpenPromise) => one.dueAt?.getTime() ?? Number.POSITIVE_INFINITY
  return [...answers, ...returns, ...todo].toSorted((a, b) => compare(time(a), time(b)))
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1)

/** What to do, the most pressing first: who waits, what was promised, who this is, what is missing. */
function nextOf(facts: BriefFacts): NextStep[] {
  const { now, tasks, matters, likeness, birthday } = facts
  const step = (kind: NextStep['kind'], about: Partial<NextStep> = {}): NextStep => ({
    kind,
    objectId: null,
    title: null,
    at: null,
    isOverdue: false,
    ...about,
  })
  const due = (at: Date | null) => ({ at, isOverdue: at !== null && at <= now })
  const byTime = (a: Date | null, b: Date | null) => compare(a?.getTime() ?? Infinity, b?.getTime() ?? Infinity)

  const waiting = matters
    .filter(({ state }) => state === 'waiting')
    .toSorted((a, b) => byTime(a.dueAt, b.dueAt) || byTime(a.waitingSince, b.waitingSince))
    .map(({ id, title, lastText, dueAt }) => step('answer', { objectId: id, title: title || lastText, ...due(dueAt) }))
  const soon = tasks
    .filter(({ dueAt }) => dueAt !== null && dueAt.getTime() - now.getTime() <= SOON_MS)
    .toSorted((a, b) => byTime(a.dueAt, b.dueAt))
    .map(({ id, title, dueAt }) => step('do_task', { objectId: id, title, ...due(dueAt) }))
  const back = matters
    .filter(({ state, until }) => state === 'snoozed' && until !== null && until <= now)
    .map(({ id, title, lastText, until }) =>
      step('return_to', { objectId: id, title: title || lastText, ...due(until) }),
    )
  const days = birthday ? daysToBirthday(birthday, now, facts.timeZone) : null
  return [
    ...waiting,
    ...soon,
    ...back,
    ...(likeness ? [step('confirm_same', { objectId: likeness.personId, title: likeness.name })] : []),
    ...(days !== null && days.count <= BIRTHDAY_DAYS ? [step('congratulate', { at: days.on })] : []),
    ...(!facts.hasEmail && !facts.hasPhone ? [step('ask_contact')] : []),
    ...(facts.nameIsStandIn ? [step('ask_name')] : []),
    ...(facts.hasConsent ? [] : [step('ask_consent')]),
  ]
}
