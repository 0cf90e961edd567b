import { z } from 'zod'
import { checkValue } from './check-value.ts'
import {
  type BehaviourCondition,
  type Condition,
  count,
  type FieldCondition,
  formOf,
  MAX_DEPTH,
  MAX_HOPS,
  MAX_PARTS,
  type RelationCondition,
  within,
} from './condition.ts'
import { type Describe, familyOfField, type Scope, scopeOf } from './object.ts'
import { operators, operatorsOf } from './operators.ts'

/** One thing that is wrong with a condition, and where: `pointer` is a JSON pointer (RFC 6901) into it. */
export interface ConditionProblem {
  readonly pointer: string
  /** Stable and translated: `objects.unknown_field`. */
  readonly code: `objects.${string}`
  /** One English sentence for developers. */
  readonly message: string
}

/** A condition that fits, with its values in the form in which they are stored; or everything that is wrong with it. */
export type Checked = { readonly condition: Condition } | { readonly problems: readonly ConditionProblem[] }

/**
 * Checks what somebody sent as a condition on `object` against what its reader may know of the objects. Everything wrong is named at once.
 * A field that the reader may not see is unknown to them.
 */
export function checkCondition(given: unknown, object: string, describe: Describe): Checked {
  const checker = new Checker(describe)
  const scope = describe(object)
  if (!scope)
    return { problems: [{ pointer: '', code: 'objects.unknown_object', message: `There is no object ${object}.` }] }
  const condition = checker.part(given, scope, { steps: [], depth: 1, hops: 0 })
  return checker.problems.length > 0 || !condition ? { problems: checker.problems } : { condition }
}

interface Place {
  readonly steps: readonly (string | number)[]
  readonly depth: number
  readonly hops: number
}

const at = (place: Place, ...steps: (string | number)[]): Place => ({ ...place, steps: [...place.steps, ...steps] })
const deeper = (place: Place, ...steps: (string | number)[]): Place => ({
  ...at(place, ...steps),
  depth: place.depth + 1,
})

const pointerOf = (steps: Place['steps']) =>
  steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const FORMS = 'one of: all, any, not, field, relation, behaviour'

class Checker {
  readonly problems: ConditionProblem[] = []
  readonly #describe: Describe
  #parts = 0

  constructor(describe: Describe) {
    this.#describe = describe
  }

  part(given: unknown, scope: Scope, place: Place): Condition | undefined {
    if (++this.#parts > MAX_PARTS) {
      // Said once: the rest is not looked at.
      if (this.#parts === MAX_PARTS + 1)
        this.#wrong(place, 'objects.too_many_parts', `A condition has at most ${MAX_PARTS} parts.`)
      return undefined
    }
    if (place.depth > MAX_DEPTH)
      return this.#wrong(place, 'objects.too_deep', `A condition is at most ${MAX_DEPTH} levels deep.`)
    if (!isObject(given)) return this.#wrong(place, 'objects.not_a_condition', `Expected an object with ${FORMS}.`)
    switch (formOf(given)) {
      case 'all':
        return this.#group(given, 'all', scope, place)
      case 'any':
        return this.#group(given, 'any', scope, place)
      case 'not': {
        this.#only(given, ['not'], place)
        const part = this.part(given.not, scope, deeper(place, 'not'))
        return part && { not: part }
      }
      case 'field':
        return this.#field(given, scope, place)
      case 'relation':
        return this.#relation(given, scope, place)
      case 'behaviour':
        return this.#behaviour(given, scope, place)
      case undefined:
        return this.#wrong(place, 'objects.not_a_condition', `Expected an object with ${FORMS}.`)
    }
  }

  #group(given: Record<string, unknown>, form: 'all' | 'any', scope: Scope, place: Place): Condition | undefined {
    this.#only(given, [form], place)
    const list = given[form]
    if (!Array.isArray(list))
      return this.#wrong(at(place, form), 'objects.not_a_condition', 'Expected a list of conditions.')
    const parts = list.map((item, i) => this.part(item, scope, deeper(place, form, i)))
    const known = parts.filter((part) => part !== undefined)
    return form === 'all' ? { all: known } : { any: known }
  }

  #field(given: Record<string, unknown>, scope: Scope, place: Place): FieldCondition | undefined {
    this.#only(given, ['field', 'op', 'value'], place)
    const field = scope.fields.find(({ key }) => key === given.field)
    if (!field?.can.filter)
      return this.#wrong(at(place, 'field'), 'objects.unknown_field', `There is no field ${String(given.field)} here.`)
    const family = familyOfField(field)
    const offered = operatorsOf(family, { many: field.isMany })
    const op = operators.find((name) => name === given.op)
    if (!op || !offered.includes(op))
      return this.#wrong(
        at(place, 'op'),
        'objects.wrong_operator',
        `${field.key} is asked by one of: ${offered.join(', ')}.`,
      )
    const value = checkValue(field, op, given.value)
    if ('problem' in value) return this.#wrong(at(place, 'value', ...value.steps), 'objects.wrong_value', value.problem)
    return value.value === undefined ? { field: field.key, op } : { field: field.key, op, value: value.value }
  }

  #relation(given: Record<string, unknown>, scope: Scope, place: Place): RelationCondition | undefined {
    this.#only(given, ['relation', 'count', 'where'], place)
    const relation = scope.relations.find(({ key }) => key === given.relation)
    const target = relation && this.#describe(relation.target)
    if (!target)
      return this.#wrong(
        at(place, 'relation'),
        'objects.unknown_relation',
        `There is no relation ${String(given.relation)} here.`,
      )
    if (!this.#mayHop(place)) return undefined
    const many = this.#parsed(count.optional(), given.count, at(place, 'count'))
    const where = this.#where(given, target, place)
    return { relation: relation.key, ...(many ? { count: many } : {}), ...(where ? { where } : {}) }
  }

  #behaviour(given: Record<string, unknown>, scope: Scope, place: Place): BehaviourCondition | undefined {
    this.#only(given, ['behaviour', 'count', 'within', 'where'], place)
    const behaviour = scope.behaviours.find(({ key }) => key === given.behaviour)
    if (!behaviour)
      return this.#wrong(
        at(place, 'behaviour'),
        'objects.unknown_behaviour',
        `There is no behaviour ${String(given.behaviour)} here.`,
      )
    if (!this.#mayHop(place)) return undefined
    const many = this.#parsed(count.optional(), given.count, at(place, 'count'))
    const time = this.#parsed(within.optional(), given.within, at(place, 'within'))
    const where = this.#where(given, scopeOf(behaviour), place)
    return {
      behaviour: behaviour.key,
      ...(many ? { count: many } : {}),
      ...(time ? { within: time } : {}),
      ...(where ? { where } : {}),
    }
  }

  #where(given: Record<string, unknown>, scope: Scope, place: Place): Condition | undefined {
    if (given.where === undefined) return undefined
    return this.part(given.where, scope, { ...deeper(place, 'where'), hops: place.hops + 1 })
  }

  #mayHop(place: Place): boolean {
    if (place.hops < MAX_HOPS) return true
    this.#wrong(place, 'objects.too_deep', `At most ${MAX_HOPS} relations and behaviours lie in each other.`)
    return false
  }

  #parsed<Value>(schema: z.ZodType<Value>, given: unknown, place: Place): Value | undefined {
    const result = schema.safeParse(given)
    if (result.success) return result.data
    return this.#wrong(place, 'objects.wrong_value', z.prettifyError(result.error))
  }

  /** A misspelt key would silently ask for something else. */
  #only(given: Record<string, unknown>, known: readonly string[], place: Place): void {
    for (const key of Object.keys(given)) {
      if (!known.includes(key))
        this.#wrong(at(place, key), 'objects.not_a_condition', `Here stand only: ${known.join(', ')}.`)
    }
  }

  #wrong(place: Place, code: ConditionProblem['code'], message: string): undefined {
    this.problems.push({ pointer: pointerOf(place.steps), code, message })
    return undefined
  }
}
