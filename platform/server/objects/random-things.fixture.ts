import fc from 'fast-check'
import { systemActor } from '#platform/shared/actor'
import type { Condition, OneValue } from '#platform/shared/objects/condition'
import type { Value } from '#platform/shared/objects/field-types'
import { type Field, familyOfField, type Scope, scopeOf } from '#platform/shared/objects/object'
import { operatorsOf, periods, spanUnits, valueShapeOf } from '#platform/shared/objects/operators'
import { formulaFields, type Part, type Thing, things } from './things.fixture.ts'

/** Few and nasty values, so that what is asked for often is there: letters that fold, wildcards, borders of days and of time zones. */
const texts = ['Ёлка', 'ёлка', 'ÉCOLE', 'İzmir', 'ΑΣ', 'ας', '100%', 'a_b', 'a\\b', ' ', 'мос', 'Москва', '']
const numbers = [0, -1, 1, 0.1, 0.3, 1.5, -2.000001, 1000, 123_456_789.25]
const days = ['2026-11-20', '2026-11-19', '2026-10-31', '2024-02-29', '1990-12-01', '2026-11-21', '2027-03-28']
const times = ['00:00', '09:30', '23:59']
const instants = [
  '2026-11-19T20:59:59.999Z',
  '2026-11-19T21:00:00.000Z',
  '2026-11-20T10:00:00.000Z',
  '2026-11-20T10:00:00.001Z',
  '2026-10-20T10:00:00.000Z',
  '2025-12-31T21:00:00.000Z',
  '2026-11-27T10:00:00.000Z',
]
const colours = ['red', 'green', 'blue']
export const ids = Array.from({ length: 30 }, (_, i) => `01900000-0000-7000-8000-${String(i).padStart(12, '0')}`)

export const pick = <const Item>(...items: readonly Item[]) => fc.constantFrom(...items)
const orEmpty = (one: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 3, arbitrary: one }, { weight: 1, arbitrary: fc.constant(null) })
const money = fc.record({ amount: pick(...numbers), currency: pick('RUB', 'USD') })
const holds = {
  text: orEmpty(pick(...texts)),
  number: orEmpty(pick(...numbers)),
  money: orEmpty(money),
  day: orEmpty(pick(...days)),
  time: orEmpty(pick(...times)),
  at: orEmpty(pick(...instants)),
  flag: orEmpty(fc.boolean()),
  colour: orEmpty(pick(...colours)),
  other: orEmpty(pick(...ids)),
}
/** Custom values of another type than the field: from before it was declared. They count as empty. */
const misfits = pick<Value>('x', 5, true, ['red', 'blue'])

const FIRST_JOINED = 24

export const aThing = (id: string): fc.Arbitrary<Thing> =>
  fc.record({
    id: fc.constant(id),
    columns: fc.record({ ...holds, tags: fc.subarray(colours) }),
    custom: fc
      .record(
        {
          ...holds,
          colours: orEmpty(fc.subarray(colours)),
          place: orEmpty(fc.record({ text: pick(...texts.filter((text) => text !== '')) })),
          file: orEmpty(pick(...ids)),
        },
        { requiredKeys: [] },
      )
      .chain((custom) =>
        fc.option(fc.tuple(pick('number', 'money', 'flag', 'place', 'colours'), misfits)).map((misfit) => {
          if (!misfit) return custom
          const [key, value] = misfit
          const fits = typeof value === ({ number: 'number', flag: 'boolean' } as Record<string, string>)[key]
          return fits || (key === 'colours' && Array.isArray(value)) ? custom : { ...custom, [key]: value }
        }),
      ),
    emails: fc.array(
      fc.record({
        id: fc.uuid(),
        thingId: fc.constant(id),
        text: orEmpty(pick(...texts)) as fc.Arbitrary<string | null>,
        number: orEmpty(pick(...numbers)) as fc.Arbitrary<number | null>,
        at: pick(...instants).map((text) => new Date(text)),
      }) satisfies fc.Arbitrary<Part>,
      { maxLength: 3 },
    ),
    friends: fc.subarray(ids.slice(0, 6)),
    // The last few may be shown as one of the first.
    shownAs: ids.indexOf(id) < FIRST_JOINED ? fc.constant(null) : fc.option(pick(...ids.slice(0, 5))),
  })

const oneValue = (field: Field): fc.Arbitrary<OneValue> => {
  switch (familyOfField(field)) {
    case 'number':
      return pick(...numbers)
    case 'money':
      return money
    case 'date':
      return pick(...days)
    case 'time':
      return pick(...times)
    case 'datetime':
      return pick(...days, ...instants)
    case 'boolean':
      return fc.boolean()
    case 'choice':
      return pick(...colours)
    case 'reference':
      return pick(...ids)
    default:
      return pick(...texts.filter((text) => text !== ''), 'о', 'a', '%', '_')
  }
}

function fieldCondition(field: Field): fc.Arbitrary<Condition> {
  const family = familyOfField(field)
  const one = oneValue(field)
  const unit = family === 'datetime' ? pick(...spanUnits) : pick('day', 'week', 'month', 'year')
  return pick(...operatorsOf(family, { many: field.isMany })).chain((op): fc.Arbitrary<Condition> => {
    const asked = (value: fc.Arbitrary<unknown>) =>
      value.map((given) => ({ field: field.key, op, value: given }) as Condition)
    switch (valueShapeOf(op)) {
      case 'none':
        return fc.constant({ field: field.key, op })
      case 'one':
        return asked(one)
      case 'list':
        return asked(fc.array(one, { minLength: 1, maxLength: 3 }))
      case 'range':
        return asked(
          fc
            .record({ from: one, to: one })
            .map(({ from, to }) =>
              typeof from === 'object' && typeof to === 'object'
                ? { from, to: { ...to, currency: from.currency } }
                : { from, to },
            ),
        )
      case 'span':
        return asked(fc.record({ amount: fc.nat(40), unit }))
      case 'period':
        return asked(pick(...periods))
      case 'days':
        return asked(fc.nat(366))
    }
  })
}

const count = fc.option(fc.record({ op: pick('eq', 'gte', 'lte'), value: fc.nat(3) }), { nil: undefined })
const span = fc.record({ amount: fc.nat(40), unit: pick(...spanUnits) })
const within = fc.option(
  fc.oneof(
    fc.record({ last: span }),
    fc.record({ during: pick(...periods) }),
    fc.record({ from: pick(...days) }),
    fc.record({ from: pick(...days), to: pick(...days) }),
  ),
  { nil: undefined },
)

const actor = systemActor('')
export const describeThing = (key: string) => things.describe(key, actor)

export function conditionOn(scope: Scope, depth = 3): fc.Arbitrary<Condition> {
  const plain = pick(...scope.fields).chain(fieldCondition)
  if (depth === 0) return plain
  const inner = fc.array(conditionOn(scope, depth - 1), { maxLength: 3 })
  const kinds: fc.WeightedArbitrary<Condition>[] = [
    { weight: 4, arbitrary: plain },
    { weight: 1, arbitrary: inner.map((all) => ({ all })) },
    { weight: 1, arbitrary: inner.map((any) => ({ any })) },
    { weight: 1, arbitrary: conditionOn(scope, depth - 1).map((not) => ({ not })) },
  ]
  if (scope.relations.length > 0)
    kinds.push({
      weight: 2,
      arbitrary: pick(...scope.relations).chain(({ key, target }) => {
        const found = describeThing(target)
        const where = found
          ? fc.option(conditionOn(found, Math.max(depth - 2, 0)), { nil: undefined })
          : fc.constant(undefined)
        return fc.record({ relation: fc.constant(key), count, where })
      }),
    })
  if (scope.behaviours.length > 0)
    kinds.push({
      weight: 2,
      arbitrary: pick(...scope.behaviours).chain((one) =>
        fc.record({
          behaviour: fc.constant(one.key),
          count,
          within,
          where: fc.option(conditionOn(scopeOf(one), 1), { nil: undefined }),
        }),
      ),
    })
  return fc.oneof(...kinds)
}

const literal = (type: string): fc.Arbitrary<string> => {
  const fields = Object.entries(formulaFields)
    .filter(([, of]) => of === type)
    .map(([key]) => key)
  const own: Record<string, fc.Arbitrary<string>> = {
    number: pick('0', '3', '0.1', '7.5'),
    text: pick("'Ёлка'", "''", "'it''s'"),
    boolean: pick('true', 'false'),
    date: fc.constant('today()'),
  }
  return fc.oneof(pick(...fields), own[type] ?? fc.constant('0'))
}

/** A formula that gives a type, as its text. */
export function formula(type: string, depth = 3): fc.Arbitrary<string> {
  if (depth === 0) return literal(type)
  const of = (inner: string) => formula(inner, depth - 1)
  const call = (name: string, ...types: string[]) =>
    fc.tuple(...types.map(of)).map((given) => `${name}(${given.join(', ')})`)
  const common = [literal(type), call('if', 'boolean', type, type), call('coalesce', type, type)]
  const infix = (op: string, inner: string) => fc.tuple(of(inner), of(inner)).map(([a, b]) => `(${a} ${op} ${b})`)
  const own: Record<string, fc.Arbitrary<string>[]> = {
    number: [
      pick('+', '-', '*', '/').chain((op) => infix(op, 'number')),
      of('number').map((one) => `-${one}`),
      call('abs', 'number'),
      fc.tuple(of('number'), fc.nat(6)).map(([one, digits]) => `round(${one}, ${digits})`),
      call('length', 'text'),
      call('days_between', 'date', 'date'),
      call('year', 'date'),
      call('min', 'number', 'number', 'number'),
    ],
    text: [infix('&', 'text'), call('lower', 'text')],
    boolean: [
      pick('and', 'or').chain((op) => infix(op, 'boolean')),
      of('boolean').map((one) => `(not ${one})`),
      pick('=', '<>').chain((op) => pick('number', 'text', 'boolean', 'date').chain((inner) => infix(op, inner))),
      pick('<', '<=', '>', '>=').chain((op) => pick('number', 'date').chain((inner) => infix(op, inner))),
      pick('number', 'text', 'date').chain((inner) => call('is_empty', inner)),
    ],
    date: [call('max', 'date', 'date'), fc.tuple(of('date'), of('number')).map(([day, n]) => `add_days(${day}, ${n})`)],
  }
  return fc.oneof(...common, ...(own[type] ?? []))
}
