import { Problem } from '#platform/shared/problems'
import { type Formula, type FormulaType, type FunctionName, functions, type Operation, type Step } from './formula.ts'

const MAX_LENGTH = 1000
const MAX_STEPS = 100

/** How tightly operators bind; more binds first. */
const BINDING: Record<Operation, number> = {
  or: 1,
  and: 2,
  '=': 3,
  '<>': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '&': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
}
const NOT_BINDS = 2
const MINUS_BINDS = 7
const MAX_ROUND_DIGITS = 6

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end'
  readonly text: string
  readonly at: number
}

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d{1,6})?)|'(?<text>(?:[^']|'')*)'|(?<name>[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*)|(?<sign><=|>=|<>|[-+*/&=<>(),]))/iuy

/** What is wrong with a formula: the kind of fault, and the words that stand in its sentence. */
export type FormulaFault =
  | 'too_long'
  | 'too_many_steps'
  | 'unknown_sign'
  | 'unexpected'
  | 'value_expected'
  | 'closing_expected'
  | 'unknown_field'
  | 'unfit_field'
  | 'unknown_function'
  | 'wrong_count'
  | 'wrong_type'
  | 'not_ordered'
  | 'digits'

/**
 * Reads a formula such as `if(custom.price > 1000, custom.price * 0.9, custom.price)`. `typeOf` answers with the type of a field, `unfit` for
 * one that cannot stand in a formula, undefined where there is none.
 *
 * @throws Problem `objects.formula_wrong` (422), with `at` = where in the text, counted from 0, and `fault`: a `FormulaFault`
 */
export function readFormula(text: string, typeOf: TypeOf): Formula {
  if (text.length > MAX_LENGTH)
    throw wrong('too_long', MAX_LENGTH, `A formula has at most ${MAX_LENGTH} characters.`, { most: MAX_LENGTH })
  const reader = new Reader(tokensOf(text), typeOf)
  const root = reader.whole()
  return { text, root, fields: [...reader.fields] }
}

type TypeOf = (key: string) => FormulaType | 'unfit' | undefined

const wrong = (
  fault: FormulaFault,
  at: number,
  detail: string,
  words: Readonly<Record<string, string | number>> = {},
) => new Problem('objects.formula_wrong', 422, detail, { params: { at, fault, ...words } })

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    if (!found?.groups) {
      const sign = text.slice(at).trim().slice(0, 1)
      throw wrong('unknown_sign', text.indexOf(sign, at), `Nothing in a formula begins with ${sign}.`, { sign })
    }
    const [kind, word] = Object.entries(found.groups).find(([, value]) => value !== undefined) ?? ['end', '']
    at = TOKEN.lastIndex
    tokens.push({ kind: kind as Token['kind'], text: word ?? '', at: at - (word ?? '').length })
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }]
}

/** Reads by precedence climbing and gives each step its type on the way. */
class Reader {
  readonly fields = new Set<string>()
  readonly #tokens: readonly Token[]
  readonly #typeOf: TypeOf
  #next = 0
  #steps = 0

  constructor(tokens: readonly Token[], typeOf: TypeOf) {
    this.#tokens = tokens
    this.#typeOf = typeOf
  }

  whole(): Step {
    const root = this.#expression(0)
    const rest = this.#token()
    if (rest.kind !== 'end')
      throw wrong('unexpected', rest.at, `${rest.text} was not expected here.`, { word: rest.text })
    return root
  }

  #expression(least: number): Step {
    let left = this.#operand()
    for (;;) {
      const token = this.#token()
      const op = token.text.toLowerCase() as Operation
      const binding = token.kind === 'text' ? undefined : BINDING[op]
      if (binding === undefined || binding <= least) return left
      this.#next++
      left = this.#operation(op, left, this.#expression(binding), token.at)
    }
  }

  #operand(): Step {
    const token = this.#take()
    if (++this.#steps > MAX_STEPS)
      throw wrong('too_many_steps', token.at, `A formula has at most ${MAX_STEPS} steps.`, { most: MAX_STEPS })
    const word = token.text.toLowerCase()
    if (token.kind === 'number') return { step: 'number', type: 'number', value: Number(token.text) }
    if (token.kind === 'text') return { step: 'text', type: 'text', value: token.text.replaceAll("''", "'") }
    if (token.text === '(') return this.#closed(this.#expression(0))
    if (token.text === '-') {
      return { step: 'negate', type: 'number', of: this.#typed(this.#expression(MINUS_BINDS), 'number', token.at) }
    }
    if (word === 'not') {
      return { step: 'not', type: 'boolean', of: this.#typed(this.#expression(NOT_BINDS), 'boolean', token.at) }
    }
    if (word === 'true' || word === 'false') return { step: 'boolean', type: 'boolean', value: word === 'true' }
    if (token.kind !== 'name') throw wrong('value_expected', token.at, 'A value was expected here.')
    if (this.#token().text === '(' && this.#token().kind === 'sign') return this.#call(word, token.at)
    return this.#field(token)
  }

  #field({ text: key, at }: Token): Step {
    const type = this.#typeOf(key)
    if (!type) throw wrong('unknown_field', at, `There is no field ${key}.`, { key })
    if (type === 'unfit') throw wrong('unfit_field', at, `The field ${key} cannot stand in a formula.`, { key })
    this.fields.add(key)
    return { step: 'field', type, key }
  }

  #call(word: string, at: number): Step {
    if (!Object.hasOwn(functions, word))
      throw wrong('unknown_function', at, `There is no function ${word}.`, { name: word })
    const name = word as FunctionName
    const {
      takes,
      gives,
      ...more
    }: { takes: readonly string[]; gives: string; isLong?: boolean; only?: readonly FormulaType[] } = functions[name]
    const given = this.#arguments()
    if (given.length < takes.length || (given.length > takes.length && !more.isLong))
      throw wrong('wrong_count', at, `${name} takes ${takes.length}${more.isLong ? ' or more' : ''} values.`, {
        name,
        count: takes.length,
      })
    let same: FormulaType | undefined
    for (const [i, step] of given.entries()) {
      const wanted = takes[i] ?? takes.at(-1)
      if (wanted === 'same') {
        same ??= step.type
        this.#typed(step, same, at)
        if (more.only && !more.only.includes(step.type))
          throw wrong('not_ordered', at, `${name} takes ${more.only.join(' or ')}.`)
      } else if (wanted === 'digits') {
        const isDigits = step.step === 'number' && Number.isInteger(step.value) && step.value <= MAX_ROUND_DIGITS
        if (!isDigits)
          throw wrong('digits', at, `${name} takes a number of digits from 0 to ${MAX_ROUND_DIGITS}.`, {
            most: MAX_ROUND_DIGITS,
          })
      } else if (wanted !== 'any') {
        this.#typed(step, wanted as FormulaType, at)
      }
    }
    return { step: 'call', type: gives === 'same' ? (same ?? 'text') : (gives as FormulaType), name, given }
  }

  #arguments(): Step[] {
    this.#next++
    const given: Step[] = []
    if (this.#token().text === ')') {
      this.#next++
      return given
    }
    for (;;) {
      given.push(this.#expression(0))
      const token = this.#take()
      if (token.text === ')') return given
      if (token.text !== ',') throw wrong('closing_expected', token.at, 'A comma or ) was expected here.')
    }
  }

  #operation(op: Operation, left: Step, right: Step, at: number): Step {
    switch (op) {
      case '+':
      case '-':
      case '*':
      case '/':
        this.#typed(left, 'number', at)
        this.#typed(right, 'number', at)
        return { step: 'operation', type: 'number', op, left, right }
      case '&':
        this.#typed(left, 'text', at)
        this.#typed(right, 'text', at)
        return { step: 'operation', type: 'text', op, left, right }
      case 'and':
      case 'or':
        this.#typed(left, 'boolean', at)
        this.#typed(right, 'boolean', at)
        return { step: 'operation', type: 'boolean', op, left, right }
      default:
        this.#typed(right, left.type, at)
        if (op !== '=' && op !== '<>' && left.type !== 'number' && left.type !== 'date')
          throw wrong('not_ordered', at, 'Only numbers and dates are more or less than others.')
        return { step: 'operation', type: 'boolean', op, left, right }
    }
  }

  #typed(step: Step, type: FormulaType, at: number): Step {
    if (step.type !== type)
      throw wrong('wrong_type', at, `A ${type} was expected here, not a ${step.type}.`, {
        wanted: type,
        given: step.type,
      })
    return step
  }

  #closed(step: Step): Step {
    const token = this.#take()
    if (token.text !== ')' || token.kind !== 'sign') throw wrong('closing_expected', token.at, 'A ) was expected here.')
    return step
  }

  #token(): Token {
    // The last token is the end, and nobody takes it twice.
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: 0 }
  }

  #take(): Token {
    const token = this.#token()
    this.#next++
    return token
  }
}
