import { type CsvError, parse } from 'csv-parse'
import { parse as parseAll } from 'csv-parse/sync'
import type { Encoding } from '../../../contract/index.ts'
import { cleanRow, limits, unreadable } from './limits.ts'

export interface CsvReading {
  readonly encoding: Encoding
  /** One character. */
  readonly delimiter: string
}

const CANDIDATES = [';', ',', '\t', '|'] as const
/** Excel writes and reads this line to say which delimiter follows. */
const SAYS_DELIMITER = /^\uFEFF?sep=(.)\r?\n/

/** People write quotes within cells, leave cells out and blank lines in. */
const FORGIVING = {
  bom: true,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  max_record_size: limits.row,
} as const

/** The delimiter that cuts a sample into the most even rows. */
export function detectDelimiter(sample: string): string {
  const said = SAYS_DELIMITER.exec(sample)?.[1]
  if (said) return said
  const lines = sample.slice(0, Math.max(sample.lastIndexOf('\n'), 0) || sample.length)
  const scored = CANDIDATES.map((delimiter) => ({ delimiter, score: evenness(lines, delimiter) }))
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter
}

/** Columns that most rows have, less for every row that has another number of them. */
function evenness(lines: string, delimiter: string): number {
  let rows: string[][]
  try {
    rows = parseAll(lines, { ...FORGIVING, delimiter, to: 100 })
  } catch (error) {
    if (isCsvError(error)) return 0
    throw error
  }
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [columns = 0, times = 0] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? []
  return columns <= 1 ? 0 : (times / rows.length) * Math.log2(columns + 1)
}

/** Rows of a text file, one after another; the file is never whole in memory. @throws Problem `exchange.row_too_long` */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  { encoding, delimiter }: CsvReading,
): AsyncGenerator<string[]> {
  const parser = parse({ ...FORGIVING, delimiter })
  let failure: Error | undefined
  parser.on('error', (error) => {
    failure = error
  })
  try {
    // Written by hand instead of piped: whoever looks at the first rows only leaves, and a pipe would call that a failure.
    for await (const text of decoded(bytes, encoding)) {
      parser.write(text)
      for (let cells: string[] | null = parser.read(); cells !== null; cells = parser.read()) yield cleanRow(cells)
      if (failure) throw failure
    }
    parser.end()
    for await (const cells of parser as AsyncIterable<string[]>) yield cleanRow(cells)
  } catch (error) {
    if (!isCsvError(error)) throw error
    throw unreadable('row_too_long', 'A row does not end: a quotation mark may be missing.', { row: error.lines ?? 0 })
  } finally {
    parser.destroy()
  }
}

const isCsvError = (error: unknown): error is CsvError & { lines?: number } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('CSV_')

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  let isFirst = true
  for await (const piece of bytes) {
    const text = decoder.decode(piece, { stream: true })
    yield isFirst ? text.replace(SAYS_DELIMITER, '') : text
    isFirst = false
  }
  yield decoder.decode()
}
