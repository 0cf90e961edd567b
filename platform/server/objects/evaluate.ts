import type { BehaviourCondition, Condition, Count, FieldCondition } from '#platform/shared/objects/condition'
import type { Value } from '#platform/shared/objects/field-types'
import { familyOfField } from '#platform/shared/objects/object'
import type { Catalogue } from './catalogue.ts'
import { evaluateFormula } from './formula/evaluate-formula.ts'
import { comparedOf, matches } from './matches.ts'
import { instantsWithin, today } from './moments.ts'
import type { FieldSource, SourceScope } from './source.ts'
import { type Asker, askedTest, instantTest, type Test } from './test.ts'

/** One object in memory: what it holds, what belongs to it, what happened to it. Only what the asker may see. */
export interface Facts {
  /** Of a field of many values: the list of them. Instants as ISO texts. Formulas are not asked for. */
  value(field: string): Value | readonly Value[] | undefined
  related?(relation: string): readonly Facts[]
  happened?(behaviour: string): readonly Happened[]
}

/** One time that something happened. */
export interface Happened {
  readonly at: Date
  readonly facts: Facts
}

/** Whether a checked condition is true of an object in memory: exactly where the compiled one is true of it in the database. */
export function evaluateCondition(
  catalogue: Catalogue,
  object: string,
  condition: Condition,
  { facts, asker }: { facts: Facts; asker: Asker },
): boolean {
  return isTrue(condition, { catalogue, asker, scope: catalogue.source(object), facts })
}

interface Place {
  readonly catalogue: Catalogue
  readonly asker: Asker
  readonly scope: SourceScope
  readonly facts: Facts
}

function isTrue(part: Condition, place: Place): boolean {
  if ('all' in part) return part.all.every((one) => isTrue(one, place))
  if ('any' in part) return part.any.some((one) => isTrue(one, place))
  if ('not' in part) return !isTrue(part.not, place)
  if ('field' in part) return fieldIsTrue(part, place)
  if ('behaviour' in part) return isEnough(timesHappened(part, place), part.count)
  const { catalogue, scope, facts } = place
  const relation = find(scope.relations, part.relation)
  const target = catalogue.source(relation.target)
  const where = part.where ?? { all: [] }
  const related = facts.related?.(relation.key) ?? []
  return isEnough(related.filter((one) => isTrue(where, { ...place, scope: target, facts: one })).length, part.count)
}

function timesHappened({ behaviour: key, within, where }: BehaviourCondition, place: Place): number {
  const behaviour = find(place.scope.behaviours, key)
  const time = instantTest(instantsWithin(within, place.asker))
  const scope = { fields: behaviour.fields ?? [] }
  const counts = ({ at, facts }: Happened) =>
    matches(time, at.toISOString(), 'datetime') && (!where || isTrue(where, { ...place, scope, facts }))
  return (place.facts.happened?.(key) ?? []).filter(counts).length
}

function fieldIsTrue(part: FieldCondition, place: Place): boolean {
  const field = find(place.scope.fields, part.field)
  const { test, isNegative } = askedTest(field, part, place.asker)
  return passes(test, field, place) !== isNegative
}

function passes(test: Test, field: FieldSource, place: Place): boolean {
  const family = familyOfField(field)
  const value = heldBy(field, place)
  if (!isList(value)) return matches(test, value, family)
  if (test.is === 'empty') return value.every((one) => matches(test, one, family))
  if (test.is !== 'all_of') return value.some((one) => matches(test, one, family))
  return test.values.every((wanted) => value.some((one) => matches({ is: 'among', values: [wanted] }, one, family)))
}

const isList = (value: Value | readonly Value[] | undefined): value is readonly Value[] => Array.isArray(value)

function heldBy({ key, type, read }: FieldSource, place: Place): Value | readonly Value[] | undefined {
  if (!('formula' in read)) {
    const value = place.facts.value(key)
    // A value from before the field became a list of choices is none of them.
    return type === 'multi_choice' && !isList(value) ? [] : value
  }
  return evaluateFormula(read.formula, {
    fields: (other) => {
      const field = find(place.scope.fields, other)
      const value = heldBy(field, place)
      return isList(value) ? null : comparedOf(value, familyOfField(field))
    },
    today: today(place.asker).toString(),
  })
}

function isEnough(times: number, count: Count = { op: 'gte', value: 1 }): boolean {
  if (count.op === 'eq') return times === count.value
  return count.op === 'gte' ? times >= count.value : times <= count.value
}

function find<Part extends { readonly key: string }>(parts: readonly Part[] | undefined, key: string): Part {
  const found = parts?.find((part) => part.key === key)
  if (!found) throw new Error(`There is no ${key} here.`)
  return found
}
