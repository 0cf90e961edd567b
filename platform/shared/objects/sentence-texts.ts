import type { Span } from './condition.ts'
import type { Language } from './object.ts'
import type { Operator, Period } from './operators.ts'

type Words = Partial<Record<Operator, string>>
type Counting = Record<'eq' | 'gte' | 'lte', (value: number) => string>

/** The words of sentences about conditions. Here and not among the texts of screens, because the server says them too. */
interface Texts {
  readonly and: string
  readonly or: string
  readonly yes: string
  readonly no: string
  readonly me: string
  readonly everything: string
  readonly nothing: string
  readonly some: string
  readonly none: string
  readonly ever: string
  readonly never: string
  readonly last: string
  readonly not: (part: string) => string
  readonly has: (count: string, name: string) => string
  readonly where: (part: string) => string
  readonly span: (span: Span) => string
  readonly range: (from: string, to: string) => string
  readonly since: (from: string) => string
  readonly until: (to: string) => string
  readonly counts: Counting
  readonly times: Counting
  /** `time` are the words for dates and hours. */
  readonly operators: { readonly plain: Words; readonly time: Words }
  readonly periods: Record<Period, string>
}

/** The form of a word for a number: one, few, many or other. */
const plural =
  (language: Language) =>
  (number: number, forms: Partial<Record<Intl.LDMLPluralRule, string>>): string =>
    `${number.toLocaleString(language)} ${forms[new Intl.PluralRules(language).select(number)] ?? forms.other ?? ''}`

const en = plural('en')
const ru = plural('ru')

const englishUnits: Record<Span['unit'], [string, string]> = {
  hour: ['hour', 'hours'],
  day: ['day', 'days'],
  week: ['week', 'weeks'],
  month: ['month', 'months'],
  year: ['year', 'years'],
}
const russianUnits: Record<Span['unit'], [string, string, string]> = {
  hour: ['час', 'часа', 'часов'],
  day: ['день', 'дня', 'дней'],
  week: ['неделю', 'недели', 'недель'],
  month: ['месяц', 'месяца', 'месяцев'],
  year: ['год', 'года', 'лет'],
}

const englishTimes = (value: number) => en(value, { one: 'time', other: 'times' })
const russianTimes = (value: number) => ru(value, { one: 'раз', few: 'раза', many: 'раз', other: 'раза' })

export const texts: Record<Language, Texts> = {
  en: {
    and: ' and ',
    or: ' or ',
    yes: 'yes',
    no: 'no',
    me: 'me',
    everything: 'everything',
    nothing: 'nothing',
    some: 'has',
    none: 'has no',
    ever: 'at least once',
    never: 'never',
    last: 'in the last',
    not: (part) => `not (${part})`,
    has: (count, name) => `${count} ${name}`,
    where: (part) => ` where ${part}`,
    span: ({ amount, unit }) => en(amount, { one: englishUnits[unit][0], other: englishUnits[unit][1] }),
    range: (from, to) => `from ${from} to ${to}`,
    since: (from) => `since ${from}`,
    until: (to) => `until ${to}`,
    counts: {
      eq: (value) => `has exactly ${value}`,
      gte: (value) => `has at least ${value}`,
      lte: (value) => `has at most ${value}`,
    },
    times: {
      eq: (value) => `exactly ${englishTimes(value)}`,
      gte: (value) => `at least ${englishTimes(value)}`,
      lte: (value) => `at most ${englishTimes(value)}`,
    },
    operators: {
      plain: {
        eq: 'is',
        ne: 'is not',
        in: 'is one of',
        not_in: 'is none of',
        has_all: 'has all of',
        contains: 'contains',
        not_contains: 'does not contain',
        starts: 'begins with',
        lt: 'is less than',
        lte: 'is at most',
        gt: 'is more than',
        gte: 'is at least',
        between: 'is',
        empty: 'is empty',
        not_empty: 'is not empty',
      },
      time: {
        eq: 'is',
        ne: 'is not',
        lt: 'is before',
        lte: 'is on or before',
        gt: 'is after',
        gte: 'is on or after',
        between: 'is',
        last: 'is in the last',
        next: 'is in the next',
        ago: 'is longer ago than',
        ahead: 'is further ahead than',
        during: 'is',
        anniversary: 'has its anniversary within days:',
        empty: 'is empty',
        not_empty: 'is not empty',
      },
    },
    periods: {
      today: 'today',
      yesterday: 'yesterday',
      tomorrow: 'tomorrow',
      this_week: 'this week',
      last_week: 'last week',
      next_week: 'next week',
      this_month: 'this month',
      last_month: 'last month',
      next_month: 'next month',
      this_quarter: 'this quarter',
      last_quarter: 'last quarter',
      this_year: 'this year',
      last_year: 'last year',
    },
  },
  ru: {
    and: ' и ',
    or: ' или ',
    yes: 'да',
    no: 'нет',
    me: 'я',
    everything: 'все',
    nothing: 'никто',
    some: 'есть',
    none: 'нет',
    ever: 'хотя бы раз',
    never: 'ни разу',
    last: 'за',
    not: (part) => `не (${part})`,
    has: (count, name) => `${count}: ${name}`,
    where: (part) => `, где ${part}`,
    span: ({ amount, unit }) => {
      const [one, few, many] = russianUnits[unit]
      return ru(amount, { one, few, many, other: few })
    },
    range: (from, to) => `от ${from} до ${to}`,
    since: (from) => `с ${from}`,
    until: (to) => `до ${to}`,
    counts: {
      eq: (value) => `ровно ${value}`,
      gte: (value) => `не меньше ${value}`,
      lte: (value) => `не больше ${value}`,
    },
    times: {
      eq: (value) => `ровно ${russianTimes(value)}`,
      gte: (value) => `не меньше ${russianTimes(value)}`,
      lte: (value) => `не больше ${russianTimes(value)}`,
    },
    operators: {
      plain: {
        eq: '—',
        ne: 'не',
        in: '— одно из:',
        not_in: '— ни одно из:',
        has_all: '— все из:',
        contains: 'содержит',
        not_contains: 'не содержит',
        starts: 'начинается с',
        lt: 'меньше',
        lte: 'не больше',
        gt: 'больше',
        gte: 'не меньше',
        between: '—',
        empty: '— пусто',
        not_empty: '— не пусто',
      },
      time: {
        eq: '—',
        ne: 'не',
        lt: 'раньше',
        lte: 'не позже',
        gt: 'позже',
        gte: 'не раньше',
        between: '—',
        last: 'за последние',
        next: 'в ближайшие',
        ago: 'раньше, чем назад на',
        ahead: 'позже, чем через',
        during: '—',
        anniversary: '— годовщина в ближайшие дни:',
        empty: '— пусто',
        not_empty: '— не пусто',
      },
    },
    periods: {
      today: 'сегодня',
      yesterday: 'вчера',
      tomorrow: 'завтра',
      this_week: 'на этой неделе',
      last_week: 'на прошлой неделе',
      next_week: 'на следующей неделе',
      this_month: 'в этом месяце',
      last_month: 'в прошлом месяце',
      next_month: 'в следующем месяце',
      this_quarter: 'в этом квартале',
      last_quarter: 'в прошлом квартале',
      this_year: 'в этом году',
      last_year: 'в прошлом году',
    },
  },
}
