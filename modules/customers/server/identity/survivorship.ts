import { type ChoiceField, choiceFields } from '../../contract/identity.ts'
import type { PersonFields } from '../people.queries.ts'
import type { Custom } from '../tables.ts'

/** Custom values may be lists and groups of values, which are told apart by what they say. */
export type Value = Custom[string]
export const isSame = (a: Value, b: Value) => a === b || JSON.stringify(a) === JSON.stringify(b)

/** One value that a shown card took over: what stood there before, what stands there now, and the card whose value it was. */
export interface TakenValue {
  readonly before: Value
  readonly after: Value
  readonly from: string
  /** Somebody wanted the other card's value, whatever the rule says. */
  readonly chosen?: true
}

/** What a shown card took over, field by field. */
export type Taken = Readonly<Record<string, TakenValue>>

/** A card as far as its fields are chosen from. */
export interface Card extends PersonFields {
  readonly id: string
}

/** Before the key of one of the company's own fields. */
export const CUSTOM = 'custom.'
/** Goes with the name: whether it was made from an address. */
export const STAND_IN = 'nameIsStandIn'

/** The value of a field; `custom.x` names one of the company's own. */
export function fieldOf(card: PersonFields, field: string): Value {
  if (field.startsWith(CUSTOM)) {
    const key = field.slice(CUSTOM.length)
    // Keys come from forms of strangers: one of them may be `constructor`.
    return Object.hasOwn(card.custom, key) ? (card.custom[key] ?? null) : null
  }
  if (field === STAND_IN) return card.nameIsStandIn
  return isChoiceField(field) ? card[field] : null
}

const isChoiceField = (field: string): field is ChoiceField => choiceFields.some((known) => known === field)

/** True for a field of which a merge can show one side's value. */
export const isChoosable = (field: string): boolean => isChoiceField(field) || field.startsWith(CUSTOM)

/** Fields in which two cards say something different. */
export function conflicts(a: PersonFields, b: PersonFields): string[] {
  const own = Object.keys({ ...a.custom, ...b.custom }).map((key) => `${CUSTOM}${key}`)
  return [...choiceFields, ...own].filter((field) => !isSame(fieldOf(a, field), fieldOf(b, field)))
}

const STAGES: Readonly<Record<PersonFields['stage'], number>> = { customer: 2, former: 1, lead: 0 }

/**
 * The card whose value is shown when nobody chose: what one card does not say is taken from the other; a real name beats one made from an
 * address; a customer stays a customer. Otherwise the kept card's own.
 */
export function preferred(kept: Card, hidden: Card, field: string): Card {
  const [own, other] = [fieldOf(kept, field), fieldOf(hidden, field)]
  if (field === 'name') return kept.nameIsStandIn && !hidden.nameIsStandIn ? hidden : kept
  if (field === 'stage') return STAGES[hidden.stage] > STAGES[kept.stage] ? hidden : kept
  const isBlank = own === null || own === ''
  return isBlank && other !== null && other !== '' ? hidden : kept
}

/**
 * What the kept card takes over, by the choices given and the rule above for the rest. `originOf`: the card whose value it is that the hidden card
 * shows in a field, so that taking that card out later takes its values with it.
 */
export function take(
  kept: Card,
  hidden: Card,
  choices: Readonly<Record<string, string>>,
  originOf: (field: string) => string,
): Taken {
  const taken: Record<string, TakenValue> = {}
  for (const field of conflicts(kept, hidden)) {
    const chosen = choices[field] ?? preferred(kept, hidden, field).id
    if (chosen !== hidden.id) continue
    const about = { from: originOf(field), ...(choices[field] ? { chosen: true as const } : {}) }
    taken[field] = { before: fieldOf(kept, field), after: fieldOf(hidden, field), ...about }
    if (field === 'name') taken[STAND_IN] = { before: kept.nameIsStandIn, after: hidden.nameIsStandIn, ...about }
  }
  return taken
}

/** The card with these values in place. */
export function put(card: PersonFields, values: Readonly<Record<string, Value>>): PersonFields {
  const fields: Record<string, Value> = {}
  const custom: Custom = { ...card.custom }
  for (const [field, value] of Object.entries(values)) {
    if (!field.startsWith(CUSTOM)) fields[field] = value
    else if (value === null) delete custom[field.slice(CUSTOM.length)]
    else custom[field.slice(CUSTOM.length)] = value
  }
  return { ...card, ...fields, custom }
}
