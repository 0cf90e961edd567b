import type { Tx } from '#platform/server/database'
import { mayEdit, mayRead } from '#platform/server/objects/catalogue'
import type { FieldSource, ObjectSource, ObjectWriter, ValuesByField } from '#platform/server/objects/source'
import type { Actor } from '#platform/shared/actor'
import type { StoredType } from '#platform/shared/objects/field-types'
import { Problem } from '#platform/shared/problems'
import type { Questions } from './conditions.ts'
import { objectNotFound } from './describe-objects.ts'
import { recordNotFound } from './save-record.ts'
import { type Json, storedValue, textOfChoice } from './value-rules.ts'
import { findMissing } from './values.queries.ts'

/** What somebody writes: `id` of what is changed; without it a new one is made. */
export interface Written {
  readonly id?: string | undefined
  readonly values: ValuesByField
  /** The values stood there before and are put back, with what the owning module remembered of them. */
  readonly putBack?: { readonly memory: unknown }
}

interface Wrong {
  readonly path: string
  readonly code: string
  readonly message: string
}

/**
 * Writes an object by the keys of its fields, through the module that owns it: the same rights, rules, history and events as its own API.
 * Resolves to its id. Fields that are left out stay as they are; null empties one.
 *
 * @throws Problem `objects.object_not_found`, `objects.read_only`, `access.forbidden`, `objects.record_not_found`, `objects.value_wrong` (422) with
 * one error per field, `objects.value_taken`, and what the owning module throws
 */
export async function writeObject(
  tx: Tx,
  actor: Actor,
  ask: Questions,
  object: string,
  { id, values, putBack }: Written,
): Promise<string> {
  const source = assertWritable(ask, actor, object)
  if (id !== undefined && (await ask.filter(object, { all: [] }, [id])).length === 0) throw recordNotFound(id)
  const { write } = source
  const checked = await checkedValues(tx, actor, ask, putBack ? withAllOffered(source) : source, values)
  if (id === undefined) {
    if (!write.create) throw new Problem('objects.read_only', 422, `${object} is not made by its fields.`)
    return write.create(tx, actor, checked)
  }
  if (Object.keys(checked).length === 0) return id
  if (putBack && write.putBack) await write.putBack(tx, actor, id, checked, putBack.memory)
  else await write.change(tx, actor, id, checked)
  return id
}

/** What came about by itself may be put back by hand. */
const withAllOffered = <Source extends ObjectSource>(source: Source): Source => ({
  ...source,
  fields: source.fields.map(({ offers: _offers, ...field }) => field),
})

/** @throws Problem `objects.object_not_found`, `objects.read_only`, `access.forbidden` */
export function assertWritable(
  { catalogue, describe }: Questions,
  actor: Actor,
  object: string,
): ObjectSource & { readonly write: ObjectWriter } {
  if (!describe(object)) throw objectNotFound(object)
  const source = catalogue.source(object)
  const { write } = source
  if (!write) throw new Problem('objects.read_only', 422, `${object} is not written by its fields.`)
  if (!actor.can(write.permission))
    throw new Problem('access.forbidden', 403, `This needs the permission ${write.permission}.`, {
      params: { permission: write.permission },
    })
  return { ...source, write }
}

/** Values in the form in which they are stored. @throws Problem `objects.value_wrong` */
export async function checkedValues(
  tx: Tx,
  actor: Actor,
  { catalogue }: Questions,
  source: ObjectSource,
  given: ValuesByField,
): Promise<ValuesByField> {
  const wrong: Wrong[] = []
  const checked: Record<string, Json> = {}
  for (const [key, value] of Object.entries(given)) {
    const field = source.fields.find((one) => one.key === key)
    const result = checkedValue(field, actor, value)
    if ('problem' in result) {
      wrong.push({ path: key, code: result.code, message: result.problem })
      continue
    }
    checked[key] = result.value
    const target = field?.type === 'reference' ? field.target : undefined
    if (target && typeof result.value === 'string' && (await findMissing(tx, catalogue.source(target), result.value)))
      wrong.push({ path: key, code: 'objects.reference_unknown', message: 'There is no such object.' })
  }
  if (wrong.length > 0)
    throw new Problem('objects.value_wrong', 422, 'Some values do not fit their fields.', { errors: wrong })
  return checked
}

type Checked = { value: Json } | { problem: string; code: string }

/** Whether this actor may give a field this value; a field above the actor's role is as unknown as one that is not there. */
export function checkedValue(field: FieldSource | undefined, actor: Actor, given: unknown): Checked {
  if (!field || !mayRead(actor, field)) return { problem: 'There is no such field.', code: 'objects.field_unknown' }
  if (field.isArchived) return { problem: 'This field is archived.', code: 'objects.field_archived' }
  if (!field.edit || field.type === 'formula' || !mayEdit(actor, field))
    return { problem: 'This field is not yours to change.', code: 'objects.field_forbidden' }
  const result = isList(field) ? eachValue(field, given) : oneValue(field, given)
  if ('problem' in result) return { ...result, code: 'objects.value_wrong' }
  if (result.value === null && field.isRequired)
    return { problem: 'This field must not be empty.', code: 'objects.value_required' }
  return result
}

type Result = ReturnType<typeof storedValue>

/** Several values, each checked by itself: rows of their own, or words that nobody has named beforehand. */
const isList = ({ type, options, read }: FieldSource) => 'rows' in read || (type === 'multi_choice' && !options)

function oneValue(field: FieldSource, given: unknown): Result {
  const { type, options, offers } = field
  const value = given as Json
  // A choice whose options nobody has named, such as a time zone, is a short text.
  if ((type === 'choice' || type === 'multi_choice') && !options) return textOfChoice(value)
  // What the object holds is not known here: an archived option is refused by whoever stores it.
  const offered = options
    ?.filter(({ key }) => offers?.includes(key) ?? true)
    .map((option) => ({ ...option, isArchived: false }))
  return storedValue({ type: type as StoredType, options: offered }, value)
}

/** Several values of one type, given as a list or alone. */
function eachValue(field: FieldSource, given: unknown): Result {
  const list: Json[] = []
  for (const one of Array.isArray(given) ? given : [given]) {
    const result = oneValue(field, one)
    if ('problem' in result) return result
    if (result.value !== null) list.push(result.value)
  }
  return { value: list.length === 0 ? null : list }
}
