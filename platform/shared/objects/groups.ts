import { both, type Condition } from './condition.ts'
import { type Field, familyOfField } from './object.ts'

/** What the rows of one group have in common; null = the field is empty. */
export type GroupValue = string | boolean | null

const GROUPABLE = new Set(['choice', 'reference', 'boolean'])

/** Rows may stand together by what they hold in this field: one of few values, or any number of things, under each of which they stand. */
export const isGroupable = (field: Field): boolean => {
  const family = familyOfField(field)
  return GROUPABLE.has(family) && (!field.isMany || family === 'reference') && field.can.filter && field.key !== 'id'
}

/** True of the rows of a group. */
export const inGroup = (field: string, value: GroupValue): Condition =>
  value === null ? { field, op: 'empty' } : { field, op: 'eq', value }

/** True of the rows in no group: they hold something, and none of these. */
export const inNoGroup = (field: string, values: readonly GroupValue[]): Condition => {
  const told = values.filter((value) => typeof value === 'string')
  return both({ field, op: 'not_empty' }, told.length > 0 ? { field, op: 'not_in', value: told } : undefined)
}
