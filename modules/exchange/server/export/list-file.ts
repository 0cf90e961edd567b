import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { Field } from '#platform/shared/objects/object'
import type { ListOrder } from '../../contract/exports.ts'
import { cellOf, type Names, type Words } from './cell-text.ts'
import { csvWriter } from './csv-writer.ts'
import type { ListPage, ListRow } from './read-list.ts'
import { sheetWriter, workbookParts } from './sheet-writer.ts'
import type { TableWriter } from './table-writer.ts'
import { vcardOf } from './vcard-writer.ts'

/** Fields of which a vCard is made. */
export const CONTACT_FIELDS = ['firstName', 'lastName', 'middleName', 'emails', 'phones', 'city', 'note'] as const

interface Making {
  readonly order: ListOrder
  readonly fields: readonly Field[]
  readonly words: Words
}

/** The pages of a list as one file of the ordered format, piece by piece. */
export function listFile(
  pages: AsyncIterable<ListPage>,
  { order, fields, words }: Making,
): AsyncIterable<string | Buffer> {
  switch (order.format) {
    case 'csv':
      return table(pages, { writer: csvWriter(order.delimiter), fields, words })
    case 'xlsx':
      return workbook(table(pages, { writer: sheetWriter, fields, words }))
    case 'jsonl':
      return jsonLines(pages, fields)
    case 'vcard':
      return vcards(pages)
  }
}

async function* table(
  pages: AsyncIterable<ListPage>,
  { writer, fields, words }: { writer: TableWriter; fields: readonly Field[]; words: Words },
): AsyncGenerator<string> {
  yield writer.begin(fields.map(({ label }) => label[words.locale]))
  for await (const { rows, names } of pages)
    yield rows
      .map(({ values }) => writer.row(fields.map((field) => cellOf(values[field.key], field, names, words))))
      .join('')
  yield writer.end()
}

/** A sheet in its file. The sheet is compressed while it is read. */
async function* workbook(sheet: AsyncIterable<string>): AsyncGenerator<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(workbookParts)) zip.addBuffer(Buffer.from(content), name)
  const source = new PassThrough()
  zip.addReadStream(source, 'xl/worksheets/sheet1.xml')
  zip.end()
  // The reader of the archive waits for the sheet; a failure of the sheet reaches it as the stream's error.
  const output = zip.outputStream as Readable
  const poured = pipeline(sheet, source).catch((error: Error) => void output.destroy(error))
  try {
    for await (const chunk of output) yield chunk
  } finally {
    // Left in the middle, nothing reads the sheet any more.
    source.destroy()
    await poured
  }
}

/** One object per line; references with their names, so that nothing is lost outside this Okno. */
async function* jsonLines(pages: AsyncIterable<ListPage>, fields: readonly Field[]): AsyncGenerator<string> {
  const named = fields.filter(({ target }) => target)
  const withNames = (values: ListRow['values'], names: Names) =>
    Object.fromEntries(
      named.flatMap(({ key, target }) => {
        const nameOf = (id: unknown) => names[target ?? '']?.[String(id)]
        const value = values[key]
        const name = Array.isArray(value) ? value.map((id) => nameOf(id) ?? null) : nameOf(value)
        return name === undefined ? [] : [[`${key}.name`, name]]
      }),
    )
  for await (const { rows, names } of pages)
    yield rows.map(({ id, values }) => `${JSON.stringify({ id, ...values, ...withNames(values, names) })}\n`).join('')
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null)
const textsOf = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])

async function* vcards(pages: AsyncIterable<ListPage>): AsyncGenerator<string> {
  for await (const { rows } of pages)
    yield rows
      .map(({ id, name, values }) =>
        vcardOf({
          id,
          name,
          firstName: textOf(values.firstName),
          lastName: textOf(values.lastName),
          middleName: textOf(values.middleName),
          emails: textsOf(values.emails),
          phones: textsOf(values.phones),
          city: textOf(values.city),
          note: textOf(values.note),
        }),
      )
      .join('')
}
