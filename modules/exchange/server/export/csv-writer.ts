import { safeCell } from './safe-cell.ts'
import type { Cells, TableWriter } from './table-writer.ts'

/** Without it Excel reads UTF-8 as the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF'

/** RFC 4180 with the chosen delimiter. Numbers have a point; formulas are disarmed. */
export function csvWriter(delimiter: ',' | ';'): TableWriter {
  const line = (cells: Cells) => `${cells.map(cellOf).join(delimiter)}\r\n`
  return { begin: (headings) => BYTE_ORDER_MARK + line(headings), row: line, end: () => '' }
}

function cellOf(cell: Cells[number]): string {
  if (cell === null) return ''
  const text = typeof cell === 'number' ? String(cell) : safeCell(cell)
  // Whatever divides cells somewhere is quoted, not only the delimiter of this file.
  return /[",;\t|\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
