import { Problem } from '#platform/shared/problems'
import { plainCell } from './plain-cell.ts'

/** What a file may hold. Far above what people bring, and low enough that no file can take the machine. */
export const limits = {
  fileBytes: 500 * 1024 * 1024,
  rows: 2_000_000,
  columns: 500,
  /** Characters of one cell. */
  cell: 20_000,
  /** Characters of one row of text: longer ones come from a quote that was never closed. */
  row: 1_000_000,
  /** Bytes that one part of a workbook may unpack to: a sheet of two million rows takes about half. */
  unpackedBytes: 1024 * 1024 * 1024,
  /** Characters of all texts that a workbook shares between its cells: they are held in memory. */
  sharedText: 64 * 1024 * 1024,
} as const

/** A file that cannot be read, as its owner is told: `what` ends the code. */
export const unreadable = (what: string, message: string, params: Record<string, string | number> = {}) =>
  new Problem(`exchange.${what}`, 422, message, { params })

/** A text as it can be kept: no zero character, no half of a pair, no spaces around it, no mark against formulas. */
export const cleanCell = (text: string): string => plainCell(text.replaceAll('\0', '').toWellFormed().trim())

/** One row as it is kept, at most `limits.columns` cells. @throws Problem `exchange.too_many_columns` */
export function cleanRow(cells: readonly string[]): string[] {
  if (cells.length > limits.columns)
    throw unreadable('too_many_columns', `A row has more than ${limits.columns} columns.`, { max: limits.columns })
  return cells.map(cleanCell)
}
