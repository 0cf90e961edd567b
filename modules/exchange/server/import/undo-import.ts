import type { TakenRow } from '#modules/customers'
import { interrupted } from './check-import.ts'
import { type ImportContext, takerOf } from './import-context.ts'
import { failing, inStep } from './import-step.ts'
import { updateImport } from './imports.queries.ts'
import { roundsOf } from './lanes.ts'
import type { UndoneRow } from './row-detail.ts'
import { type DoneRow, findMadeCompanies, findTaken, saveUndone } from './rows.queries.ts'

/** Rows taken back in one transaction. */
const BATCH = 500

/**
 * Job: takes an import back, its last row first, so that a card that several rows changed goes back step by step. What somebody has used or changed
 * since stays, and the row says why.
 */
export const undoImport =
  (context: ImportContext) =>
  async (workspaceId: string, importId: string, signal?: AbortSignal): Promise<void> =>
    failing(context, workspaceId, importId, async () => {
      for (;;) {
        const isEnd = await inStep(context, workspaceId, importId, 'undoing', async ({ tx, one, actor }) => {
          const rows = await findTaken(tx, importId, { limit: BATCH })
          if (rows.length === 0) {
            await context.customers.removeUnusedCompanies(tx, await findMadeCompanies(tx, importId))
            await updateImport(tx, importId, { state: 'undone', finishedAt: context.platform.now() })
            return true
          }
          const taker = takerOf(context, one.object)
          const undone: { number: number; undone: UndoneRow }[] = []
          const counts = { ...(one.undo ?? { removed: 0, restored: 0, left: 0 }) }
          for (const round of roundsOf(rows.map((row) => ({ row, keys: row.cardId ? [row.cardId] : [] })))) {
            const told = await taker.undo(
              tx,
              actor,
              round.map(({ row }) => takenOf(row)),
              importId,
            )
            for (const [i, { row }] of round.entries()) {
              const { kind, left } = told[i] ?? { kind: 'left' as const, left: [] }
              counts[kind]++
              undone.push({ number: row.number, undone: { kind, left: [...left] } })
            }
          }
          await saveUndone(tx, importId, undone)
          await updateImport(tx, importId, { done: one.done + rows.length, undo: counts })
          return false
        })
        if (isEnd !== false) return
        if (signal?.aborted) return interrupted(signal)
      }
    })

/** A row as it was told when it was taken in; what one object has no word for is empty. */
const takenOf = ({ outcome, cardId, detail }: DoneRow): TakenRow => ({
  kind: outcome === 'created' ? 'created' : 'changed',
  id: cardId ?? '',
  name: detail.name ?? '',
  by: detail.by ?? null,
  changes: detail.changes ?? [],
  changedBefore: detail.changedBefore ?? null,
  added: detail.added ?? [],
  proven: detail.proven ?? [],
  company: detail.company ?? null,
  alike: detail.alike ?? [],
})
