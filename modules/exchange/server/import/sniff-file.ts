import type { Readable } from 'node:stream'
import type { ImportReading } from '../../contract/index.ts'
import { detectDelimiter } from './formats/csv.ts'
import { detectEncoding } from './formats/encoding.ts'
import { unreadable } from './formats/limits.ts'
import { sheetsOf } from './formats/xlsx.ts'
import { kindOf } from './value-kinds.ts'

/** Bytes looked at to tell how a file is read. */
const SAMPLE_BYTES = 256 * 1024

/** Tells from its first bytes how a file is read. @throws Problem `exchange.unknown_format`, `exchange.not_xlsx` */
export async function sniffFile(open: () => Promise<Readable>): Promise<ImportReading> {
  const sample = await sampleOf(await open())
  const plain = { encoding: 'utf-8', delimiter: ',', hasHeader: true, sheet: null, sheets: [] } as const
  if (beginsWith(sample, 'PK')) {
    const sheets = await sheetsOf(await open())
    return { ...plain, format: 'xlsx', sheet: sheets[0] ?? null, sheets }
  }
  if (sample.length === 0) throw unreadable('empty_file', 'There are no rows in this file.')
  // Old workbooks, documents, pictures and archives begin with bytes that no text has.
  if (BINARY.some((magic) => beginsWith(sample, magic)))
    throw unreadable('unknown_format', 'Give a CSV, XLSX, vCard or JSON file.')
  const encoding = detectEncoding(sample)
  const text = new TextDecoder(encoding).decode(sample).trimStart()
  if (/^BEGIN:VCARD/i.test(text)) return { ...plain, format: 'vcard', encoding, sheets: [] }
  if (/^[[{]/.test(text) && encoding === 'utf-8' && looksLikeJson(text)) return { ...plain, format: 'json', sheets: [] }
  return { ...plain, format: 'csv', encoding, delimiter: detectDelimiter(text), sheets: [] }
}

const BINARY = [
  '\u00d0\u00cf\u0011\u00e0',
  '%PDF',
  '\u0089PNG',
  '\u00ff\u00d8\u00ff',
  'GIF8',
  'Rar!',
  '\u001f\u008b',
  '7z\u00bc',
]

const looksLikeJson = (text: string) => /^(\[\s*[{\]]|\{\s*["}])/.test(text)

const beginsWith = (bytes: Uint8Array, magic: string) =>
  [...magic].every((letter, i) => bytes[i] === letter.charCodeAt(0))

async function sampleOf(bytes: Readable): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of bytes as AsyncIterable<Buffer>) {
    pieces.push(piece)
    size += piece.length
    if (size >= SAMPLE_BYTES) break
  }
  bytes.destroy()
  return Buffer.concat(pieces)
}

/** A first row names the columns unless it already holds addresses, phones, numbers or dates. */
export const looksLikeHeader = (row: readonly string[]): boolean =>
  row.some((cell) => cell !== '') && row.every((cell) => cell === '' || kindOf([cell]) === null)
