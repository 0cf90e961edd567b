import { interrupted } from './check-import.ts'
import { type ImportContext, takerOf } from './import-context.ts'
import { failing, inStep } from './import-step.ts'
import { updateImport } from './imports.queries.ts'
import { roundsOf } from './lanes.ts'
import type { UndoneRow } from './row-detail.ts'
import type { RowToUndo } from './row-taker.ts'
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
          const counts = { ...(one.undo ?? { removed: 0, restored: 0, left: 0 }) }
          for (const round of roundsOf(rows.map((row) => ({ row, keys: row.cardId ? [row.cardId] : [] })))) {
            const told = await taker.undo(
              tx,
              actor,
              round.map(({ row }) => takenOf(row)),
              importId,
            )
            const undone = round.map(({ row }, i): { number: number; undone: UndoneRow } => ({
              number: row.number,
              undone: told[i] ?? { kind: 'left', left: [] },
            }))
            for (const { undone: one } of undone) counts[one.kind]++
            // Before the next round: it asks what became of later rows of the same card.
            await saveUndone(tx, importId, undone)
          }
          await updateImport(tx, importId, { done: one.done + rows.length, undo: counts })
          return false
        })
        if (isEnd !== false) return
        if (signal?.aborted) return interrupted(signal)
      }
    })

/** A row as it was told when it was taken in; what one object has no word for is empty. */
const takenOf = ({ outcome, cardId, detail }: DoneRow): RowToUndo => ({
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
  ...(detail.changedAfter ? { changedAfter: detail.changedAfter } : {}),
})
