import { externalIdOf, numberingProducts, readExternalId } from '#modules/customers/contract'
import { normalisePhone } from '#platform/server/objects/phone'
import type { Field, ObjectDescription } from '#platform/shared/objects/object'
import type { ImportColumn, ImportReason } from '../../contract/index.ts'
import { limits } from './formats/limits.ts'
import { isNoDate, readDayOfYear } from './values/dates.ts'
import { type ReadValue, readValue, severalIn, type ValueContext } from './values/read-value.ts'

/** Values of one row by the fields that they fill. Those of many columns or of many in one cell are lists. */
export type RowValues = Readonly<Record<string, unknown>>

export interface PreparedRow {
  readonly values: RowValues
  /** Everything that cannot be read; empty = the row may go on. */
  readonly reasons: readonly ImportReason[]
  /** What is left out of a row that goes on. */
  readonly remarks: readonly ImportReason[]
}

/** Fields that a cell may fill with several values. */
const SEVERAL = new Set(['emails', 'phones', 'externalIds'])
/** Kept as they are written: identities have rules of their own, and these three belong to no field. */
const PLAIN = new Set(['externalIds', 'company', 'companyInn', 'position', 'id'])

/** Makes a reader of rows: what each mapped column means is looked up once. */
export function rowReader(
  { fields }: Pick<ObjectDescription, 'fields'>,
  columns: readonly ImportColumn[],
  context: Omit<ValueContext, 'dates'> & {
    /** Whose export the file is: numbers of customers in it are that product's. */
    readonly preset: string | null
  },
): (cells: readonly string[]) => PreparedRow {
  const known = new Map(fields.map((field) => [field.key, field]))
  const mapped = columns.flatMap(({ target, dates }, i) =>
    target ? [{ i, target, field: known.get(target), dates }] : [],
  )
  const product = numberingProducts.find((one) => one === context.preset)
  const plain = (target: string, text: string) =>
    product && target === 'externalIds' && !readExternalId(text).product ? externalIdOf(product, text) : text
  return (cells) => {
    const values: Record<string, unknown> = {}
    const reasons: ImportReason[] = []
    const remarks: ImportReason[] = []
    for (const { i, target, field, dates } of mapped) {
      const text = cells[i] ?? ''
      if (text === '') continue
      if (text.length > limits.cell) {
        reasons.push({ code: 'exchange.cell_too_long', field: target, params: { max: String(limits.cell) } })
        continue
      }
      const parts = SEVERAL.has(target) ? severalIn(text, target !== 'externalIds') : [text]
      for (const part of parts) {
        const read =
          PLAIN.has(target) || !field ? { value: plain(target, part) } : readPart(field, part, { ...context, dates })
        if (read === null) continue
        const params = { value: part.slice(0, 100) }
        if ('wrong' in read) reasons.push({ code: read.wrong, field: target, params })
        else if ('leftOut' in read) remarks.push({ code: read.leftOut, field: target, params })
        else if (SEVERAL.has(target)) values[target] = [...listOf(values[target]), read.value]
        else values[target] = together(values[target], read.value)
      }
    }
    return { values, reasons, remarks }
  }
}

/** One value of a field; null when the cell only says that there is none. */
function readPart(field: Field, text: string, context: ValueContext): ReadValue | null {
  if ((field.type === 'date' || field.type === 'datetime') && isNoDate(text)) return null
  const day = field.key === 'birthday' ? readDayOfYear(text) : null
  return day ? { value: day } : readValue(field, text, context)
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Two columns of one field: lists go on, texts get another line. */
function together(before: unknown, value: unknown): unknown {
  if (before === undefined) return value
  if (Array.isArray(before)) return [...before, ...listOf(value)]
  return typeof before === 'string' && typeof value === 'string' ? `${before}\n${value}` : value
}

/** The values by which rows of one file mean the same card, as they are compared. */
export function keysOfRow(key: string | null, values: RowValues): string[] {
  if (key === null) return []
  const given = values[key]
  const texts = (Array.isArray(given) ? given : [given])
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map(String)
  return texts.map((text) => ((key === 'phones' && normalisePhone(text)) || text).trim().toLowerCase())
}
