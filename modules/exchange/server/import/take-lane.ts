import type { Tx } from '#platform/server/database'
import { type ImportContext, takerOf } from './import-context.ts'
import { type CountedRow, countedRow } from './import-step.ts'
import { holdImport, type StoredImport } from './imports.queries.ts'
import { roundsOf } from './lanes.ts'
import type { ReadRow, ReadWindow } from './read-window.ts'
import { refused, remarked, type Taken } from './row-taker.ts'
import { type DoneRow, findMadeBy, insertResults } from './rows.queries.ts'

/** What lanes need of their window. */
type Window = Pick<ReadWindow, 'actor' | 'how'> & { readonly one: StoredImport }

/**
 * Takes the rows of a lane in, with their results in the same transaction: a row that is in has its result, and the other way round. Undefined when it
 * was started anew or somebody in it erased since they were read: nothing is done then.
 */
export const takeLane = (
  context: ImportContext,
  workspaceId: string,
  window: Window,
  rows: readonly ReadRow[],
): Promise<CountedRow[] | undefined> =>
  context.platform.transaction(workspaceId, async (tx) => {
    if (!(await holdImport(tx, window.one))) return undefined
    const done = await takeRows(context, tx, window, rows)
    await insertResults(tx, window.one.id, done)
    return done.map(countedRow)
  })

/** Takes rows in, those with a key that an earlier one of them has in a later round: by then its card is there. */
async function takeRows(
  context: ImportContext,
  tx: Tx,
  { one, actor, how }: Window,
  rows: readonly ReadRow[],
): Promise<DoneRow[]> {
  const taker = takerOf(context, one.object)
  const taken = new Map<number, Taken>()
  for (const { number, reasons } of rows) if (reasons.length > 0) taken.set(number, refused(reasons))
  for (const round of roundsOf(rows.filter(({ reasons }) => reasons.length === 0))) {
    const told = await taker.take(
      tx,
      actor,
      round.map(({ values }) => values),
      how,
    )
    for (const [i, { number, remarks }] of round.entries()) taken.set(number, remarked(told[i] ?? refused([]), remarks))
  }
  const known = [...taken.values()].filter(({ outcome }) => outcome === 'changed' || outcome === 'same')
  const madeBy = await findMadeBy(
    tx,
    one.id,
    known.flatMap(({ id }) => id ?? []),
  )
  for (const [number, { id, outcome }] of taken) if (outcome === 'created' && id) madeBy.set(id, number)
  return rows.map(({ number }) => {
    const { outcome, id, detail } = taken.get(number) ?? refused([])
    const maker = id ? madeBy.get(id) : undefined
    const isJoined = outcome !== 'created' && maker !== undefined
    return {
      number,
      outcome: isJoined ? 'joined' : outcome,
      cardId: id,
      detail: isJoined ? { ...detail, joinedRow: maker } : detail,
    }
  })
}
