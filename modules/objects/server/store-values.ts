import type { Tx } from '#platform/server/database'
import type { Catalogue } from '#platform/server/objects/catalogue'
import { mayEdit } from '#platform/server/objects/catalogue'
import type { FieldSource } from '#platform/server/objects/source'
import type { Actor } from '#platform/shared/actor'
import type { StoredType } from '#platform/shared/objects/field-types'
import { Problem } from '#platform/shared/problems'
import type { CustomValues } from '../contract/index.ts'
import { CUSTOM } from './custom-objects.queries.ts'
import { type Json, storedValue, uniqueForm } from './value-rules.ts'
import { findMissing, holdUnique } from './values.queries.ts'

/** Values that somebody gives to one object. */
export interface GivenValues {
  readonly object: string
  readonly id: string
  readonly given: CustomValues | undefined
  /** What the object holds; undefined = it is new: defaults are filled in, and what is required must be there. */
  readonly before?: CustomValues | undefined
}

/** One thing wrong with the values. */
export interface Wrong {
  readonly path: string
  readonly code: string
  readonly message: string
}

/** A field that gets a value. */
export interface Kept {
  readonly field: FieldSource
  readonly value: Json
}

/**
 * Checks custom values and answers with all that the object holds afterwards. Values of keys that no field describes are kept as they come:
 * forms and connected systems send such, and a field described later takes them up. Unique values are held by the database from here on.
 *
 * @throws Problem `objects.value_wrong` (422) naming every field at once, `objects.value_taken` (409)
 */
export async function storeValues(
  tx: Tx,
  actor: Actor,
  catalogue: Catalogue,
  { object, id, given, before }: GivenValues,
): Promise<CustomValues> {
  const fields = customFields(catalogue, object)
  const { next, kept, wrong } = checkGiven(fields, actor, { given, before })
  wrong.push(...(await unknownReferences(tx, catalogue, kept)))
  if (wrong.length > 0)
    throw new Problem('objects.value_wrong', 422, 'Some values do not fit their fields.', { errors: wrong })
  await hold(tx, id, kept)
  return next
}

/** Lets an object hold the unique ones among its values once more. @throws Problem `objects.value_taken` (409) */
export async function holdValues(
  tx: Tx,
  catalogue: Catalogue,
  { object, id, values }: { object: string; id: string; values: CustomValues },
): Promise<void> {
  const kept = customFields(catalogue, object).map((field) => ({ field, value: values[keyOf(field)] ?? null }))
  await hold(tx, id, kept)
}

/** Fields whose values lie in the custom values of an object. */
export const customFields = (catalogue: Catalogue, object: string): FieldSource[] =>
  catalogue.source(object).fields.filter(({ read }) => 'json' in read)

/** What an object holds after values were given to it, which of its fields got one, and everything that does not fit. */
export function checkGiven(
  fields: readonly FieldSource[],
  actor: Actor,
  { given = {}, before }: Pick<GivenValues, 'given' | 'before'>,
) {
  const wanted = before ? given : { ...defaultsOf(fields), ...given }
  const wrong: Wrong[] = []
  const next: CustomValues = { ...before }
  const kept: Kept[] = []
  for (const [key, value] of Object.entries(wanted)) {
    const field = fields.find((one) => one.key === CUSTOM + key)
    const result = field ? checked(field, actor, value, before?.[key]) : { value }
    if ('problem' in result) {
      wrong.push({ path: `custom.${key}`, code: result.code, message: result.problem })
      continue
    }
    if (field) kept.push({ field, value: result.value })
    if (result.value === null) delete next[key]
    else next[key] = result.value
  }
  wrong.push(...missing(fields, next, before ? Object.keys(given) : undefined))
  return { next, kept, wrong }
}

function checked(field: FieldSource, actor: Actor, value: Json, before: Json | undefined) {
  if (field.isArchived) return { problem: 'This field is archived.', code: 'objects.field_archived' }
  if (!mayEdit(actor, field)) return { problem: 'This field is not yours to change.', code: 'objects.field_forbidden' }
  const result = storedValue({ type: field.type as StoredType, options: field.options }, value, before)
  return 'problem' in result ? { ...result, code: 'objects.value_wrong' } : result
}

const keyOf = (field: FieldSource) => field.key.slice(CUSTOM.length)

const defaultsOf = (fields: readonly FieldSource[]): CustomValues =>
  Object.fromEntries(
    fields
      .filter((field) => field.default !== undefined && !field.isArchived)
      // Checked when the field was described, and again as a value.
      .map((field) => [keyOf(field), field.default as Json]),
  )

/** What must be there and is not: of a new object everything required, of an old one what was just taken away. */
function missing(fields: readonly FieldSource[], values: CustomValues, given: readonly string[] | undefined): Wrong[] {
  return fields
    .filter((field) => field.isRequired && !field.isArchived && values[keyOf(field)] === undefined)
    .filter((field) => given === undefined || given.includes(keyOf(field)))
    .map((field) => ({ path: field.key, code: 'objects.value_required', message: 'This field must not be empty.' }))
}

export async function unknownReferences(tx: Tx, catalogue: Catalogue, kept: readonly Kept[]): Promise<Wrong[]> {
  const wrong: Wrong[] = []
  for (const { field, value } of kept) {
    if (typeof value !== 'string' || (field.type !== 'reference' && field.type !== 'file')) continue
    const target = field.type === 'file' ? null : catalogue.source(field.target ?? '')
    if (await findMissing(tx, target, value))
      wrong.push({ path: field.key, code: 'objects.reference_unknown', message: 'There is no such object.' })
  }
  return wrong
}

async function hold(tx: Tx, holderId: string, kept: readonly Kept[]): Promise<void> {
  for (const { field, value } of kept) {
    if (!field.isUnique || !field.id) continue
    const isHeld = await holdUnique(tx, {
      fieldId: field.id,
      holderId,
      value: value === null ? null : uniqueForm(value),
    })
    if (!isHeld)
      throw new Problem('objects.value_taken', 409, `Another one has this value in ${field.key}.`, {
        params: { field: field.label.en, fieldRu: field.label.ru },
        errors: [{ path: field.key, code: 'objects.value_taken', message: 'Another one has this value.' }],
      })
  }
}
