import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { isDateFormat } from './excel-dates.ts'
import { limits, unreadable } from './limits.ts'

/** What the cells of a workbook need to be understood, and where its sheets are. */
export interface Workbook {
  readonly zip: ZipFile
  /** Names of the sheets in their order, each with the part that holds it. */
  readonly sheets: readonly { name: string; entry: Entry }[]
  readonly texts: readonly string[]
  /** By number of a cell's style: it shows dates. */
  readonly isDate: readonly boolean[]
  readonly countsFrom1904: boolean
}

const MAX_PARTS = 10_000
/** Bytes from one tag to the next: a cell has at most 32 767 characters. */
const MAX_QUIET = 4 * limits.row

/** @throws Problem `exchange.not_xlsx`, `exchange.unpacks_too_large` */
export async function openWorkbook(file: string): Promise<Workbook> {
  const zip = await openPromise(file, { autoClose: false }).catch((error: Error) => {
    throw notXlsx(error)
  })
  try {
    const parts = new Map<string, Entry>()
    for await (const entry of zip.eachEntry()) {
      parts.set(entry.fileName, entry)
      if (parts.size > MAX_PARTS) throw notXlsx()
    }
    const book = parts.get('xl/workbook.xml')
    if (!book) throw notXlsx()
    const { named, countsFrom1904 } = await readNames(zip, book)
    const places = await readPlaces(zip, parts.get('xl/_rels/workbook.xml.rels'))
    const sheets = named.flatMap(({ name, id }) => {
      const entry = parts.get(places.get(id) ?? '')
      return entry ? [{ name, entry }] : []
    })
    if (sheets.length === 0) throw notXlsx()
    const texts = await readTexts(zip, parts.get('xl/sharedStrings.xml'))
    return { zip, sheets, texts, countsFrom1904, isDate: await readStyles(zip, parts.get('xl/styles.xml')) }
  } catch (error) {
    zip.close()
    throw error
  }
}

export const notXlsx = (cause?: Error) =>
  Object.assign(unreadable('not_xlsx', 'This workbook cannot be read: save it as XLSX or CSV again.'), { cause })

export const endless = () => unreadable('row_too_long', 'A cell of the workbook does not end.', { row: 0 })

/** What is heard of a part of a workbook; prefixes of names are taken off. */
export interface Listener {
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/**
 * Reads one part of a workbook piece by piece; yields after each piece, so that what was heard can be taken.
 * @throws Problem `exchange.not_xlsx`, `exchange.unpacks_too_large`, `exchange.row_too_long`
 */
export async function* readPart(zip: ZipFile, entry: Entry, listener: Listener): AsyncGenerator<void> {
  const parser = new SaxesParser()
  const plain = (name: string) => name.slice(name.indexOf(':') + 1)
  let quiet = 0
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    quiet = 0
    listener.open?.(plain(name), attributes)
  })
  parser.on('text', (text) => listener.text?.(text))
  parser.on('cdata', (text) => listener.text?.(text))
  parser.on('closetag', ({ name }) => {
    quiet = 0
    listener.close?.(plain(name))
  })
  parser.on('doctype', () => {
    throw notXlsx()
  })
  parser.on('error', (error) => {
    throw notXlsx(error)
  })
  const decoder = new TextDecoder()
  let unpacked = 0
  const stream = await zip.openReadStreamPromise(entry)
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      unpacked += piece.length
      if (unpacked > limits.unpackedBytes)
        throw unreadable('unpacks_too_large', 'The workbook unpacks to too much.', { maxBytes: limits.unpackedBytes })
      quiet += piece.length
      parser.write(decoder.decode(piece, { stream: true }))
      // The parser holds a text or an attribute until it ends.
      if (quiet > MAX_QUIET) throw endless()
      yield
    }
    parser.write(decoder.decode()).close()
    yield
  } finally {
    stream.destroy()
  }
}

async function listen(zip: ZipFile, entry: Entry | undefined, listener: Listener): Promise<void> {
  if (!entry) return
  const reading = readPart(zip, entry, listener)
  while (!(await reading.next()).done);
}

async function readNames(zip: ZipFile, entry: Entry) {
  const named: { name: string; id: string }[] = []
  let countsFrom1904 = false
  await listen(zip, entry, {
    open: (name, attributes) => {
      if (name === 'sheet' && attributes.state !== 'veryHidden')
        named.push({ name: attributes.name ?? '', id: attributes['r:id'] ?? '' })
      if (name === 'workbookPr') countsFrom1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
    },
  })
  return { named, countsFrom1904 }
}

async function readPlaces(zip: ZipFile, entry: Entry | undefined): Promise<Map<string, string>> {
  const places = new Map<string, string>()
  await listen(zip, entry, {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') places.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`)
    },
  })
  return places
}

/** Texts that cells name by number; phonetic readings are left out. */
async function readTexts(zip: ZipFile, entry: Entry | undefined): Promise<string[]> {
  const texts: string[] = []
  let text = ''
  let isText = false
  let isPhonetic = false
  let total = 0
  await listen(zip, entry, {
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 't') isText = !isPhonetic
      if (name === 'rPh') isPhonetic = true
    },
    text: (piece) => {
      if (!isText) return
      text += piece
      if (text.length > limits.row) throw endless()
    },
    close: (name) => {
      if (name === 't') isText = false
      if (name === 'rPh') isPhonetic = false
      if (name !== 'si') return
      total += text.length
      if (total > limits.sharedText)
        throw unreadable('unpacks_too_large', 'The workbook has too many texts.', { maxBytes: limits.sharedText })
      texts.push(text)
    },
  })
  return texts
}

async function readStyles(zip: ZipFile, entry: Entry | undefined): Promise<boolean[]> {
  const codes = new Map<number, string>()
  const isDate: boolean[] = []
  let isInCells = false
  await listen(zip, entry, {
    open: (name, attributes) => {
      const id = Number(attributes.numFmtId ?? 0)
      if (name === 'numFmt') codes.set(id, attributes.formatCode ?? '')
      if (name === 'cellXfs') isInCells = true
      if (name === 'xf' && isInCells) isDate.push(isDateFormat(id, codes.get(id)))
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false
    },
  })
  return isDate
}
