import { isDeepStrictEqual } from 'node:util'
import type { FieldSource } from '#platform/server/objects/source'
import type { BulkEdit, BulkOp } from '../contract/index.ts'
import type { Questions } from './conditions.ts'
import type { Json } from './value-rules.ts'

/** Many objects can hold the same in this field: values of rows of their own are added, unique ones are one's own, files are loaded up. */
export const isBulkField = (field: FieldSource): boolean =>
  (field.edit ?? false) &&
  !field.isArchived &&
  !field.isUnique &&
  field.type !== 'formula' &&
  field.type !== 'file' &&
  !('rows' in field.read)

/** The field that an edit changes, as this actor may know it. */
export const fieldOf = (
  { describe }: Pick<Questions, 'describe'>,
  { object, field }: Pick<BulkEdit, 'object' | 'field'>,
) => describe(object)?.fields.find(({ key }) => key === field)

/** Whether an operation suits a field. */
export function suits(op: BulkOp, field: FieldSource): boolean {
  if (op === 'add' || op === 'remove') return field.type === 'multi_choice'
  return op === 'set' || !field.isRequired
}

/** What an object holds after the edit. */
export function nextValue(op: BulkOp, value: Json, before: Json): Json {
  const held = Array.isArray(before) ? before : []
  const given = Array.isArray(value) ? value : [value]
  switch (op) {
    case 'set':
      return value
    case 'clear':
      return null
    case 'add':
      return [...held, ...given.filter((one) => !held.includes(one))]
    case 'remove': {
      const rest = held.filter((one) => !given.includes(one))
      return rest.length === 0 ? null : rest
    }
  }
}

/** Two values are the same, whatever the order of the parts of an amount or an address. An empty text is as empty as none. */
export const isSameValue = (one: Json, other: Json): boolean => isDeepStrictEqual(emptied(one), emptied(other))

const emptied = (value: Json): Json => (value === '' || (Array.isArray(value) && value.length === 0) ? null : value)
