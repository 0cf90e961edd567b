import type { Readable } from 'node:stream'
import type { ImportReading } from '../../contract/index.ts'
import { readCsv } from './formats/csv.ts'
import { type Named, readJson } from './formats/json.ts'
import { cleanCell, limits, unreadable } from './formats/limits.ts'
import { readVcards } from './formats/vcard.ts'
import { readXlsx } from './formats/xlsx.ts'

/** Records looked at to find out which fields a file of named values has. */
const NAMES_FROM = 500

/** The head of a file: names of its columns, and its first rows. */
export interface FileHead {
  readonly names: string[]
  readonly rows: string[][]
}

/** Names of the columns and the first rows. @throws Problem `exchange.empty_file` and what the formats throw */
export async function readHead(
  open: () => Promise<Readable>,
  reading: ImportReading,
  count: number,
): Promise<FileHead> {
  const bytes = await open()
  try {
    const head = isNamed(reading)
      ? await namedHead(named(reading, bytes), count)
      : await plainHead(plain(reading, bytes), reading, count)
    if (head.names.length === 0 || head.rows.length === 0)
      throw unreadable('empty_file', 'There are no rows in this file.')
    return head
  } finally {
    bytes.destroy()
  }
}

/** Every row of a file behind the first `after`, as texts in the order of `names`. @throws Problem `exchange.too_many_rows` and what the formats throw */
export async function* readRows(
  open: () => Promise<Readable>,
  reading: ImportReading,
  { names, after }: { names: readonly string[]; after: number },
): AsyncGenerator<{ number: number; cells: string[] }> {
  const bytes = await open()
  try {
    const rows = isNamed(reading)
      ? inOrder(named(reading, bytes), names)
      : withoutHeader(plain(reading, bytes), reading)
    let number = 0
    for await (const cells of rows) {
      number++
      if (number > limits.rows)
        throw unreadable('too_many_rows', `A file has at most ${limits.rows} rows.`, { max: limits.rows })
      if (number > after) yield { number, cells }
    }
  } finally {
    bytes.destroy()
  }
}

const isNamed = ({ format }: ImportReading) => format === 'json' || format === 'vcard'

const named = ({ format, encoding }: ImportReading, bytes: Readable) =>
  format === 'json' ? readJson(bytes) : readVcards(bytes, encoding)

const plain = (reading: ImportReading, bytes: Readable) =>
  reading.format === 'xlsx' ? readXlsx(bytes, reading.sheet) : readCsv(bytes, reading)

async function namedHead(records: AsyncGenerator<Named>, count: number): Promise<FileHead> {
  const names = new Set<string>()
  const first: Named[] = []
  let seen = 0
  for await (const record of records) {
    for (const name of Object.keys(record)) if (names.size < limits.columns) names.add(name)
    if (first.length < count) first.push(record)
    if (++seen >= NAMES_FROM) break
  }
  const all = [...names]
  return { names: all, rows: first.map((record) => all.map((name) => cleanCell(record[name] ?? ''))) }
}

async function plainHead(
  rows: AsyncGenerator<string[]>,
  { hasHeader }: ImportReading,
  count: number,
): Promise<FileHead> {
  const first: string[][] = []
  for await (const row of rows) {
    first.push(row)
    if (first.length > count) break
  }
  const width = Math.max(0, ...first.map((row) => row.length))
  const header = hasHeader ? (first.shift() ?? []) : []
  const names = Array.from({ length: width }, (_, i) => header[i] || columnName(i))
  return { names, rows: first.slice(0, count) }
}

/** `A`, `B`… `AA`: as tables name columns that have no heading. */
const columnName = (i: number): string =>
  (i >= 26 ? columnName(Math.floor(i / 26) - 1) : '') + String.fromCharCode(65 + (i % 26))

async function* inOrder(records: AsyncGenerator<Named>, names: readonly string[]): AsyncGenerator<string[]> {
  for await (const record of records) yield names.map((name) => cleanCell(record[name] ?? ''))
}

async function* withoutHeader(rows: AsyncGenerator<string[]>, { hasHeader }: ImportReading): AsyncGenerator<string[]> {
  let isHeader = hasHeader
  for await (const row of rows) {
    if (!isHeader) yield row
    isHeader = false
  }
}
