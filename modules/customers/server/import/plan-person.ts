import { type IdentityKey, keyText } from '../identity.ts'
import { EMPTY_PERSON, type PersonFields } from '../people.queries.ts'
import { cleanName, nameOfParts } from '../person-name.ts'
import type { Custom } from '../tables.ts'
import type { FieldChange, ImportHow, PersonRow, RowFields, RowLikeness } from './person-row.ts'

/** A card that holds an identity of a row. */
export interface Holder extends IdentityKey {
  readonly personId: string
  readonly name: string
  readonly proven: boolean
  /** A channel vouched for it, or a colleague or a list named it: not only a stranger. */
  readonly believed: boolean
  readonly shared: boolean
}

/** The card to which a row belongs, and by what. */
export interface RowMatch {
  readonly id: string
  readonly by: { readonly kind: string; readonly value: string }
}

/**
 * Whose card a row is, by identities of the kind that was chosen. What only strangers typed finds nobody (decision 6), a phone that several people
 * use neither; when colleagues wrote one identity on several cards, it is nobody's until somebody has decided: a new card, "maybe the same".
 */
export function matchRow(
  keys: readonly IdentityKey[],
  holders: readonly Holder[],
  { key }: ImportHow,
): RowMatch | null {
  for (const one of keys.filter(({ kind }) => kind === key)) {
    const of = holders.filter((holder) => keyText(holder) === keyText(one) && holder.believed && !holder.shared)
    const proven = of.find((holder) => holder.proven)
    const people = new Set(of.map(({ personId }) => personId))
    const id = proven?.personId ?? (people.size === 1 ? of[0]?.personId : undefined)
    if (id) return { id, by: { kind: one.kind, value: one.value } }
  }
  return null
}

/** Cards that have an identity of the row and are not its own. */
export function alikeOf(holders: readonly Holder[], ownId: string | null): RowLikeness[] {
  const others = holders.filter(({ personId, shared }) => personId !== ownId && !shared)
  const once = new Map(others.map((one) => [`${one.personId} ${keyText(one)}`, one]))
  return [...once.values()].map(({ personId, name, kind, value }) => ({ personId, name, kind, value }))
}

/** What the fields of a row make of a card: its fields afterwards, and what of them is new. Custom values stand apart. */
export function changedFields(
  known: PersonFields,
  row: RowFields,
  onMatch: ImportHow['onMatch'],
): { after: PersonFields; changes: FieldChange[] } {
  const before = ownFields(known)
  if (onMatch === 'skip') return { after: before, changes: [] }
  const isEmpty = (field: keyof RowFields) =>
    field === 'name' ? before.nameIsStandIn : before[field] === null || before[field] === ''
  const given: RowFields = Object.fromEntries(
    (Object.keys(row) as (keyof RowFields)[])
      .filter((field) => onMatch === 'update' || isEmpty(field))
      .map((field) => [field, row[field]]),
  )
  const merged: PersonFields = { ...before, ...given }
  const isRenamed = ['firstName', 'lastName', 'middleName'].some((part) => part in given)
  const fromParts = isRenamed && (onMatch === 'update' || before.nameIsStandIn) ? nameOfParts(merged) : null
  const name = cleanName(given.name) ?? fromParts
  const after = name ? { ...merged, name, nameIsStandIn: false } : { ...merged, name: before.name }
  const changes = (Object.keys(after) as (keyof PersonFields)[])
    .filter((field) => field !== 'custom' && field !== 'nameIsStandIn' && after[field] !== before[field])
    .map((field) => ({ field: FIELD_KEYS[field] ?? field, before: before[field], after: after[field] }))
  return { after, changes }
}

/** The fields of a card and nothing else of its row. */
const ownFields = (known: PersonFields): PersonFields =>
  Object.fromEntries(
    (Object.keys(EMPTY_PERSON) as (keyof PersonFields)[]).map((field) => [field, known[field]]),
    // Every field of an empty card is there, with the value of its own.
  ) as unknown as PersonFields

/** Fields whose key in the registry is another one than in the card. */
export const FIELD_KEYS: Readonly<Record<string, string>> = { ownerId: 'owner' }

/** The custom values of a row that are to be written. */
export function customToWrite(before: Custom, given: Custom, onMatch: ImportHow['onMatch']): Custom {
  if (onMatch === 'skip') return {}
  const wanted = Object.entries(given).filter(([key]) => onMatch === 'update' || before[key] === undefined)
  return Object.fromEntries(wanted)
}

/** Custom fields before and after, those that differ. */
export const changedCustom = (before: Custom, after: Custom): FieldChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ field: `custom.${key}`, before: before[key] ?? null, after: after[key] ?? null }))

/** A new card of a row; `standIn` gives a name when the row has none. */
export function newFields({ fields }: PersonRow, empty: PersonFields, standIn: () => string): PersonFields {
  const given = cleanName(fields.name) ?? nameOfParts(fields)
  return { ...empty, ...fields, name: given ?? standIn(), nameIsStandIn: given === null }
}
