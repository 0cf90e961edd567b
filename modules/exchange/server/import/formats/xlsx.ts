import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { dateOf } from './excel-dates.ts'
import { cleanRow, limits } from './limits.ts'
import { endless, type Listener, notXlsx, openWorkbook, readPart, type Workbook } from './workbook.ts'

/** Names of the sheets of a workbook, in their order. @throws Problem `exchange.not_xlsx` */
export async function sheetsOf(bytes: AsyncIterable<Uint8Array>): Promise<string[]> {
  for await (const { sheets } of workbookIn(bytes)) return sheets.map(({ name }) => name)
  return []
}

/** Rows of one sheet, of the first when it is not named. @throws Problem `exchange.not_xlsx`, `exchange.unpacks_too_large` */
export async function* readXlsx(bytes: AsyncIterable<Uint8Array>, sheet: string | null): AsyncGenerator<string[]> {
  for await (const book of workbookIn(bytes)) {
    const found = book.sheets.find(({ name }) => name === sheet) ?? book.sheets[0]
    if (!found) throw notXlsx()
    const rows = new RowListener(book)
    const reading = readPart(book.zip, found.entry, rows)
    while (!(await reading.next()).done) yield* rows.take()
  }
}

/** The workbook, once; what was opened for it is closed when the loop around it ends. */
async function* workbookIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Workbook> {
  const file = await aside(bytes)
  try {
    const book = await openWorkbook(file)
    try {
      yield book
    } finally {
      book.zip.close()
    }
  } finally {
    await rm(file, { force: true })
  }
}

/** The index of a zip stands at its end, so it is read from a file. */
async function aside(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const file = path.join(tmpdir(), `okno-import-${randomUUID()}.xlsx`)
  try {
    await pipeline(bytes, createWriteStream(file, { mode: 0o600 }))
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  return file
}

/** Puts cells together into rows. Cells that a row leaves out are empty, and so are rows that are all empty. */
class RowListener implements Listener {
  readonly #book: Workbook
  #rows: string[][] = []
  #cells: string[] = []
  #column = -1
  #attributes: Record<string, string> = {}
  #value = ''
  #isValue = false

  constructor(book: Workbook) {
    this.#book = book
  }

  take(): string[][] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'row') {
      this.#cells = []
      this.#column = -1
    }
    if (name === 'c') {
      this.#attributes = attributes
      // A cell that does not say where it stands is behind the one before, also behind an empty one.
      this.#column = attributes.r ? columnOf(attributes.r) : this.#column + 1
      this.#value = ''
    }
    if (name === 'v' || name === 't') this.#isValue = true
  }

  text(text: string): void {
    if (!this.#isValue) return
    this.#value += text
    if (this.#value.length > limits.row) throw endless()
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#isValue = false
    if (name === 'c' && this.#value !== '' && this.#column < limits.columns) {
      while (this.#cells.length < this.#column) this.#cells.push('')
      this.#cells[this.#column] = this.#shown()
    }
    if (name === 'row' && this.#cells.some((cell) => cell !== '')) this.#rows.push(cleanRow(this.#cells))
  }

  #shown(): string {
    const { t: type = 'n', s: style = '0' } = this.#attributes
    if (type === 's') return this.#book.texts[Number(this.#value)] ?? ''
    if (type === 'b') return this.#value === '1' ? 'true' : 'false'
    if (type === 'e') return ''
    if (type !== 'n') return this.#value
    const number = Number(this.#value)
    if (Number.isNaN(number)) return this.#value
    if (this.#book.isDate[Number(style)]) return dateOf(number, this.#book.countsFrom1904)
    // As people see it: without the digits that a double has beyond what was typed, and phone numbers not as 7.9E10.
    return Number.isSafeInteger(number) ? String(number) : String(Number(number.toPrecision(15)))
  }
}

/** `AB12` → 27. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference) {
    const code = letter.charCodeAt(0) - 64
    if (code < 1 || code > 26) break
    column = column * 26 + code
  }
  return column - 1
}
