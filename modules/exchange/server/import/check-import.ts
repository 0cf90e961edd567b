import type { Readable } from 'node:stream'
import type { ImportReading } from '../../contract/index.ts'
import { unreadable } from './formats/limits.ts'
import { type ImportContext, takerOf } from './import-context.ts'
import { countedRow, failing, inStep, NO_ROWS, plus, type Step } from './import-step.ts'
import { updateImport } from './imports.queries.ts'
import { withUnknown } from './operators-of-file.ts'
import { keysOfRow } from './prepare-row.ts'
import { readRows } from './read-file.ts'
import { type RowTaker, refused, remarked, type Taken } from './row-taker.ts'
import { type CheckedRow, findMakers, insertRows } from './rows.queries.ts'

interface FileRow {
  readonly number: number
  readonly cells: readonly string[]
}

/**
 * Job: reads the file through and stores each row with what would become of it. Changes no card. Goes on behind the last stored row when it was
 * interrupted.
 */
export const checkImport =
  (context: ImportContext) =>
  async (workspaceId: string, importId: string, signal?: AbortSignal): Promise<void> =>
    failing(context, workspaceId, importId, async () => {
      const { files, transaction, now } = context.platform
      const begun = await inStep(context, workspaceId, importId, 'checking', async ({ one }) => one)
      if (!begun) return
      const { fileId } = begun
      if (fileId === null) throw unreadable('file_gone', 'The file is not there any more; upload it again.')
      const file = new CountedFile(
        () => transaction(workspaceId, (tx) => files.open(tx, fileId)),
        begun.sizeBytes,
        begun.reading,
      )
      const taker = takerOf(context, begun.object)
      const names = begun.columns.map(({ name }) => name)
      let batch: FileRow[] = []
      const flush = async () => {
        const last = batch.at(-1)
        if (!last) return true
        const rows = batch
        batch = []
        const isGoing = await inStep(context, workspaceId, importId, 'checking', async (step) => {
          const checked = await checkRows(step, taker, rows)
          await insertRows(step.tx, importId, checked)
          const expected = plus(step.one.expected ?? NO_ROWS, checked.map(countedRow))
          const columns = withUnknown(step.one.columns, checked)
          const total = file.guessRows(last.number)
          await updateImport(step.tx, importId, { done: last.number, total, expected, ...(columns ? { columns } : {}) })
          return true
        })
        return isGoing === true && !signal?.aborted
      }
      for await (const row of readRows(file.open, begun.reading, { names, after: begun.done })) {
        batch.push(row)
        if (batch.length >= taker.batch && !(await flush())) return interrupted(signal)
      }
      if (!(await flush())) return interrupted(signal)
      await inStep(context, workspaceId, importId, 'checking', ({ tx, one }) =>
        updateImport(tx, importId, {
          state: 'checked',
          total: one.done,
          finishedAt: now(),
          expected: one.expected ?? NO_ROWS,
        }),
      )
    })

/** The process stops: the job is tried again by another one and goes on. */
export function interrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Error('The process stops; the import goes on in the next one.')
}

/** What would become of some rows. Rows that mean a card which an earlier row makes join that one. */
async function checkRows(
  { tx, one, actor, read }: Step,
  taker: RowTaker,
  rows: readonly FileRow[],
): Promise<CheckedRow[]> {
  const prepared = rows.map(({ number, cells }) => {
    const ready = read(cells)
    return { number, cells, ...ready, keys: ready.reasons.length > 0 ? [] : keysOfRow(one.key, ready.values) }
  })
  const makers = await findMakers(tx, one.id, [...new Set(prepared.flatMap(({ keys }) => keys))])
  const fresh: typeof prepared = []
  const twins: typeof prepared = []
  const seen = new Set(makers.keys())
  for (const row of prepared) {
    if (row.reasons.length > 0) continue
    const isTwin = row.keys.some((key) => seen.has(key))
    for (const key of row.keys) seen.add(key)
    ;(isTwin ? twins : fresh).push(row)
  }
  const how = { importId: one.id, key: one.key, onMatch: one.onMatch, isProven: one.isProven, isDry: true }
  const taken = new Map<number, Taken>()
  const take = async (some: typeof prepared) => {
    const told = await taker.take(
      tx,
      actor,
      some.map(({ values }) => values),
      how,
    )
    for (const [i, { number, remarks }] of some.entries()) taken.set(number, remarked(told[i] ?? refused([]), remarks))
  }
  await take(fresh)
  for (const { number, keys } of fresh)
    if (taken.get(number)?.outcome === 'created') for (const key of keys) makers.set(key, number)
  await take(twins)
  return prepared.map(({ number, cells, reasons, keys }) => {
    const told = reasons.length > 0 ? refused(reasons) : (taken.get(number) ?? refused([]))
    const joinedRow = keys.map((key) => makers.get(key)).find((maker) => maker !== undefined && maker < number)
    const isJoined = told.outcome === 'created' && joinedRow !== undefined
    return {
      number,
      cells,
      key: keys[0] ?? null,
      outcome: isJoined ? 'joined' : told.outcome,
      detail: isJoined ? { ...told.detail, joinedRow } : told.detail,
    }
  })
}

/** A file that tells how many rows it probably has, by the bytes that some of them took. */
class CountedFile {
  readonly #source: () => Promise<Readable>
  readonly #size: number
  readonly #isByRows: boolean
  #read = 0

  constructor(source: () => Promise<Readable>, size: number, { format }: ImportReading) {
    this.#source = source
    this.#size = size
    // A workbook is unpacked before its first row is seen.
    this.#isByRows = format !== 'xlsx'
  }

  open = async () => {
    const bytes = await this.#source()
    bytes.on('data', (piece: Buffer) => {
      this.#read += piece.length
    })
    bytes.pause()
    return bytes
  }

  guessRows(rows: number): number | null {
    return this.#isByRows && this.#read > 0 ? Math.max(rows, Math.round((rows * this.#size) / this.#read)) : null
  }
}
