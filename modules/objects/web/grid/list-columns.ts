import type { ViewColumn } from '#modules/objects/contract'
import type { FieldType } from '#platform/shared/objects/field-types'
import { type Field, type ObjectDescription, valueTypeOf } from '#platform/shared/objects/object'

/** A column as it stands on screen. */
export interface Column {
  readonly field: Field
  /** What a thing is called by: it stands first, stays in sight and leads to the thing. */
  readonly isTitle: boolean
  /** CSS pixels. */
  readonly width: number
}

const WIDTHS: Partial<Record<FieldType, number>> = {
  boolean: 100,
  choice: 160,
  date: 120,
  datetime: 130,
  time: 100,
  number: 120,
  money: 140,
  phone: 170,
  email: 220,
  long_text: 260,
  address: 240,
}
const TITLE_WIDTH = 280
const OTHER_WIDTH = 180
export const MIN_WIDTH = 60
export const MAX_WIDTH = 1000

const widthOf = ({ field, isTitle }: Omit<Column, 'width'>) =>
  isTitle ? TITLE_WIDTH : (WIDTHS[valueTypeOf(field)] ?? OTHER_WIDTH)

/** The columns that a list keeps, as far as its reader may know their fields; what it is called by before all others. */
export function columnsOf(
  kept: readonly ViewColumn[],
  { fields, title }: Pick<ObjectDescription, 'fields' | 'title'>,
): Column[] {
  const named = kept.some(({ field }) => field === title) ? kept : [{ field: title }, ...kept]
  const columns = named.flatMap(({ field: key, width }) => {
    const field = fields.find((one) => one.key === key)
    if (!field) return []
    const isTitle = key === title
    return [{ field, isTitle, width: width ?? widthOf({ field, isTitle }) }]
  })
  return columns.toSorted((one, other) => Number(other.isTitle) - Number(one.isTitle))
}

/** As a view keeps them: a width of its own only where it is not the usual one. */
export const keptColumns = (columns: readonly Column[]): ViewColumn[] =>
  columns.map((column) => {
    const { field, width } = column
    return width === widthOf(column) ? { field: field.key } : { field: field.key, width }
  })

/** For an address: `name:240,city`. */
export const writeColumns = (columns: readonly ViewColumn[]): string =>
  columns.map(({ field, width }) => (width === undefined ? field : `${field}:${width}`)).join(',')

/** Back from an address; somebody may have typed it. */
export function readColumns(text: string): ViewColumn[] {
  const seen = new Set<string>()
  return text.split(',').flatMap((word) => {
    const [field = '', width = ''] = word.split(':')
    if (field === '' || seen.has(field)) return []
    seen.add(field)
    const pixels = Number(width)
    return pixels >= MIN_WIDTH && pixels <= MAX_WIDTH ? [{ field, width: Math.round(pixels) }] : [{ field }]
  })
}

/** Puts a column in another's place. The first one stays where it is. */
export function movedColumn(columns: readonly Column[], from: number, to: number): readonly Column[] {
  const column = columns[from]
  if (!column || from === to || from < 1 || to < 1 || to >= columns.length) return columns
  const rest = columns.toSpliced(from, 1)
  return rest.toSpliced(to, 0, column)
}

export const resizedColumn = (columns: readonly Column[], index: number, width: number): readonly Column[] =>
  columns.map((column, i) =>
    i === index ? { ...column, width: Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width))) } : column,
  )
