import type { Tx } from '#platform/server/database'
import type { Catalogue } from '#platform/server/objects/catalogue'
import type { Actor } from '#platform/shared/actor'
import type { CustomValues } from '../contract/index.ts'
import { checkGiven, customFields, type GivenValues, type Kept, unknownReferences, type Wrong } from './store-values.ts'
import { uniqueForm } from './value-rules.ts'
import { findHeld, type Held, holdMany, releaseMany } from './values.queries.ts'

/** Values of many objects of one kind. */
export interface GivenToMany {
  readonly object: string
  readonly items: readonly Pick<GivenValues, 'id' | 'given' | 'before'>[]
  /** Checks only: holds nothing. */
  readonly isDry: boolean
}

/** What one of the objects holds afterwards, or everything that does not fit. */
export type StoredOrWrong = { readonly values: CustomValues } | { readonly wrong: readonly Wrong[] }

/**
 * As `storeValues` for many objects, in the order in which they are given, with a few statements for all: what does not fit one of them is told
 * for it, and the others are stored. Of two that want the same unique value the first has it.
 */
export async function storeMany(
  tx: Tx,
  actor: Actor,
  catalogue: Catalogue,
  { object, items, isDry }: GivenToMany,
): Promise<StoredOrWrong[]> {
  const fields = customFields(catalogue, object)
  const checked = items.map((item) => ({ id: item.id, ...checkGiven(fields, actor, item) }))
  for (const one of checked) one.wrong.push(...(await unknownReferences(tx, catalogue, one.kept)))

  const wanted = checked.flatMap(({ id, kept }) => kept.flatMap((one) => heldBy(id, one)))
  const holders = new Map((await findHeld(tx, wanted)).map((held) => [slotOf(held), held.holderId]))
  for (const { id, kept, wrong } of checked) {
    const own = kept.flatMap((one) => heldBy(id, one).map((held) => ({ ...held, key: one.field.key })))
    const taken = own.filter((held) => (holders.get(slotOf(held)) ?? id) !== id)
    wrong.push(
      ...taken.map(({ key }) => ({ path: key, code: 'objects.value_taken', message: 'Another one has this value.' })),
    )
    if (wrong.length === 0) for (const held of own) holders.set(slotOf(held), id)
  }
  if (!isDry) {
    await releaseMany(
      tx,
      checked.flatMap(({ id, kept, wrong }) => (wrong.length === 0 ? kept.flatMap((one) => emptiedBy(id, one)) : [])),
    )
    await holdMany(
      tx,
      wanted.filter((held) => holders.get(slotOf(held)) === held.holderId),
    )
  }
  return checked.map(({ next, wrong }) => (wrong.length > 0 ? { wrong } : { values: next }))
}

const heldBy = (holderId: string, { field, value }: Kept): Held[] =>
  field.isUnique && field.id && value !== null ? [{ fieldId: field.id, holderId, value: uniqueForm(value) }] : []

const emptiedBy = (holderId: string, { field, value }: Kept): Omit<Held, 'value'>[] =>
  field.isUnique && field.id && value === null ? [{ fieldId: field.id, holderId }] : []

const slotOf = ({ fieldId, value }: Held) => `${fieldId} ${value}`
