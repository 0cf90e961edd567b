import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { type ImportCounts, type ImportState, importMoved, type RowResult } from '../../contract/index.ts'
import { describeImported, type ImportContext } from './import-context.ts'
import { lockImport, type StoredImport, updateImport } from './imports.queries.ts'
import { AUDIENCE } from './move-import.ts'
import { operatorsOfFile, withOthers } from './operators-of-file.ts'
import { type PreparedRow, rowReader } from './prepare-row.ts'
import type { RowDetail } from './row-detail.ts'

/** What one batch needs: the import, who it acts for, and how its rows are read. */
export interface Step {
  readonly tx: Tx
  readonly one: StoredImport
  readonly actor: Actor
  readonly read: (cells: readonly string[]) => PreparedRow
}

export const NO_ROWS: ImportCounts = { created: 0, changed: 0, joined: 0, same: 0, refused: 0, remarked: 0 }

/** As much of a row as is counted. */
export interface CountedRow {
  readonly outcome: RowResult
  readonly isRemarked: boolean
}

export const countedRow = ({ outcome, detail }: { outcome: RowResult; detail: RowDetail }): CountedRow => ({
  outcome,
  isRemarked: detail.remarks !== undefined,
})

/**
 * Does one batch in one transaction, as the operator who started it and with the rights that they have now. Undefined when the import is in another
 * state than this work is for: somebody stopped it, or it is done already.
 */
export async function inStep<Result>(
  context: ImportContext,
  workspaceId: string,
  importId: string,
  state: ImportState,
  work: (step: Step) => Promise<Result>,
): Promise<Result | undefined> {
  return context.platform.transaction(workspaceId, async (tx) => {
    const one = await lockImport(tx, importId)
    if (!one || one.state !== state) return undefined
    const step = await stepOf(context, tx, one)
    const result = await work(step)
    await context.platform.events.publish(tx, step.actor, importMoved, { importId }, { audience: AUDIENCE })
    return result
  })
}

/** What a batch of this import needs, with the rights that its operator has now. @throws Problem as `describeImported` */
export async function stepOf(context: ImportContext, tx: Tx, one: StoredImport): Promise<Step> {
  const { access, objects } = context
  const actor = await access.actorOf(tx, one.operatorId ?? '')
  const description = await describeImported(context, tx, actor, one.object)
  const { timeZone } = (await objects.questions(tx, actor)).asking
  const operators = withOthers(await operatorsOfFile(tx, access), one.othersOperatorId)
  return { tx, one, actor, read: rowReader(description, one.columns, { timeZone, operators, preset: one.preset }) }
}

/** Ends an import that cannot go on: what was done stays, and the reason is shown. Other failures are left to the job's next try. */
export async function failing(
  context: ImportContext,
  workspaceId: string,
  importId: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { code, params } = error
    await context.platform.transaction(workspaceId, (tx) =>
      updateImport(tx, importId, {
        state: 'failed',
        problem: { code, params: { ...params } },
        finishedAt: context.platform.now(),
      }),
    )
  }
}

/** Counts with those of one more batch. */
export const plus = (counts: ImportCounts, rows: readonly CountedRow[]): ImportCounts => {
  const next = { ...counts }
  for (const row of rows) {
    next[row.outcome]++
    if (row.isRemarked) next.remarked++
  }
  return next
}
