import type { Platform } from '#platform/server/platform'
import { reasonText } from '../../contract/index.ts'
import { safeCell } from '../export/safe-cell.ts'
import type { forReader } from './for-reader.ts'
import type { StoredImport } from './imports.queries.ts'
import { findShownRows } from './rows.queries.ts'

const PAGE = 1000
/** Heading of the column that says why; no field is meant by it when the file comes back. */
const WHY = {
  refused: { en: 'Why it was refused', ru: 'Почему строка не принята' },
  remarked: { en: 'What was left out', ru: 'Что не загружено' },
} as const

/** Rows of one kind as they came, with what there is to say of each in a last column: a file to mend and to import again. UTF-8 with a mark, for Excel. */
export async function* rowsFile(
  { transaction }: Pick<Platform, 'transaction'>,
  workspaceId: string,
  one: StoredImport,
  {
    outcome,
    locale,
    told: reader,
  }: { outcome: keyof typeof WHY; locale: 'ru' | 'en'; told: Pick<ReturnType<typeof forReader>, 'row'> },
): AsyncGenerator<string> {
  const delimiter = locale === 'ru' ? ';' : ','
  const line = (cells: readonly string[]) =>
    `${cells.map((cell) => quoted(safeCell(cell), delimiter)).join(delimiter)}\r\n`
  const width = one.columns.length
  yield `\uFEFF${line([...one.columns.map(({ name }) => name), WHY[outcome][locale]])}`
  let cursor: string | undefined
  do {
    const page = await transaction(workspaceId, (tx) =>
      findShownRows(tx, one.id, { outcome, cursor, limit: PAGE, isDone: one.result !== null }),
    )
    for (const { cells, detail } of page.items.map(reader.row)) {
      const whole = Array.from({ length: width }, (_, i) => cells[i] ?? '')
      const told = (outcome === 'refused' ? detail.reasons : detail.remarks) ?? []
      const why = told.map((reason) => reasonText(reason, one.columns, locale)).join('; ')
      yield line([...whole, why])
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

const quoted = (cell: string, delimiter: string): string =>
  /["\r\n]/.test(cell) || cell.includes(delimiter) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell
