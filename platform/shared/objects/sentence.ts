import type {
  BehaviourCondition,
  Condition,
  ConditionValue,
  Count,
  FieldCondition,
  OneValue,
  Within,
} from './condition.ts'
import { type Describe, type Field, familyOfField, type Language, type Scope, scopeOf } from './object.ts'
import { ME } from './operators.ts'
import { texts } from './sentence-texts.ts'

/** What a sentence needs to know. `nameOf` gives the names of what references name; without it they are called by a short id. */
export interface Saying {
  readonly describe: Describe
  readonly language: Language
  readonly nameOf?: ((id: string) => string | undefined) | undefined
}

/** A checked condition in words: "City is one of: Tula, Moscow; and not: Stage is Former customer". */
export function conditionSentence(condition: Condition, object: string, saying: Saying): string {
  const scope = saying.describe(object)
  return scope ? say(condition, scope, saying) : ''
}

/** One part of a condition on a scope in words. */
export function say(part: Condition, scope: Scope, saying: Saying): string {
  const words = texts[saying.language]
  if ('not' in part) return words.not(say(part.not, scope, saying))
  if ('all' in part || 'any' in part) {
    const parts = 'all' in part ? part.all : part.any
    if (parts.length === 0) return 'all' in part ? words.everything : words.nothing
    const said = parts.map((one) => {
      const inner = say(one, scope, saying)
      return ('all' in one || 'any' in one) && parts.length > 1 ? `(${inner})` : inner
    })
    return said.join('all' in part ? words.and : words.or)
  }
  if ('field' in part) return sayField(part, scope, saying)
  if ('behaviour' in part) return sayBehaviour(part, scope, saying)
  const relation = scope.relations.find(({ key }) => key === part.relation)
  const target = relation && saying.describe(relation.target)
  const where = part.where && target ? words.where(say(part.where, target, saying)) : ''
  return words.has(sayCount(part.count, saying), relation?.label[saying.language] ?? part.relation) + where
}

function sayField({ field: key, op, value }: FieldCondition, scope: Scope, saying: Saying): string {
  const field = scope.fields.find((one) => one.key === key)
  const name = field?.label[saying.language] ?? key
  const time = field !== undefined && ['date', 'time', 'datetime'].includes(familyOfField(field))
  const said = texts[saying.language].operators[time ? 'time' : 'plain'][op]
  return `${name} ${said ?? op}${value === undefined ? '' : ` ${sayValue(value, field, saying)}`}`
}

export function sayValue(value: ConditionValue, field: Field | undefined, saying: Saying): string {
  const words = texts[saying.language]
  if (Array.isArray(value)) return value.map((one) => sayOne(one, field, saying)).join(', ')
  if (typeof value === 'object') {
    if ('unit' in value) return words.span(value)
    if ('from' in value) return words.range(sayOne(value.from, field, saying), sayOne(value.to, field, saying))
  }
  return sayOne(value, field, saying)
}

function sayOne(value: OneValue, field: Field | undefined, { language, nameOf }: Saying): string {
  const words = texts[language]
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return value.toLocaleString(language)
  if (typeof value === 'object')
    return value.amount.toLocaleString(language, {
      style: 'currency',
      currency: value.currency,
      minimumFractionDigits: 0,
    })
  if (value === ME) return words.me
  const option = field?.options?.find(({ key }) => key === value)
  if (option) return option.label[language]
  if (field?.type === 'reference') return nameOf?.(value) ?? value.slice(-SHORT_ID)
  return words.periods[value as keyof typeof words.periods] ?? (field?.type === 'date' ? value : `«${value}»`)
}

const SHORT_ID = 8

function sayBehaviour(
  { behaviour: key, count, within, where }: BehaviourCondition,
  scope: Scope,
  saying: Saying,
): string {
  const words = texts[saying.language]
  const behaviour = scope.behaviours.find((one) => one.key === key)
  const name = behaviour?.label[saying.language] ?? key
  const time = within ? ` ${sayWithin(within, saying)}` : ''
  const more = where && behaviour ? words.where(say(where, scopeOf(behaviour), saying)) : ''
  return `${name}: ${sayTimes(count, saying)}${time}${more}`
}

function sayWithin(within: Within, { language }: Saying): string {
  const words = texts[language]
  if ('last' in within) return `${words.last} ${words.span(within.last)}`
  if ('during' in within) return words.periods[within.during]
  const { from, to } = within
  if (from !== undefined && to !== undefined) return words.range(from, to)
  return from === undefined ? words.until(to ?? '') : words.since(from)
}

const sayCount = (count: Count | undefined, { language }: Saying) => {
  const { op, value } = count ?? { op: 'gte', value: 1 }
  if (op !== 'gte' && value === 0) return texts[language].none
  return op === 'gte' && value === 1 ? texts[language].some : texts[language].counts[op](value)
}

const sayTimes = (count: Count | undefined, { language }: Saying) => {
  const { op, value } = count ?? { op: 'gte', value: 1 }
  if (op !== 'gte' && value === 0) return texts[language].never
  return op === 'gte' && value === 1 ? texts[language].ever : texts[language].times[op](value)
}
