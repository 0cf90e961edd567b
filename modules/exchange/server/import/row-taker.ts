import type { TakenRow } from '#modules/customers'
import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import type { ImportReason, RowResult } from '../../contract/index.ts'
import type { RowValues } from './prepare-row.ts'
import type { RowDetail, UndoneRow } from './row-detail.ts'

/** How rows are taken in, whatever the object. */
export interface TakeHow {
  readonly importId: string
  readonly key: string | null
  readonly onMatch: 'update' | 'fill' | 'skip'
  readonly isProven: boolean
  readonly isDry: boolean
}

/** What one row becomes. `id` of the card, when there is one. */
export interface Taken {
  readonly outcome: Exclude<RowResult, 'joined'>
  readonly id: string | null
  readonly detail: RowDetail
}

/** What an object of which lists are long needs besides: many rows at the same time, and work that can wait until they are in. */
export interface ManyRows {
  /** What each row reads or writes, in words; rows with a common one are taken in one after another, the others at the same time. */
  touches(tx: Tx, rows: readonly RowValues[], how: TakeHow): Promise<readonly (readonly string[])[]>
  /** Puts off what is done with new cards by the way; said again with each stretch of rows. `isOver`: now it can be done. */
  putOff(tx: Tx, now: Date, isOver: boolean): Promise<void>
  /** Lets search find cards that were made; those that are gone, hidden or known to it already are left as they are. */
  makeFindable(tx: Tx, ids: readonly string[]): Promise<void>
}

/** A row that is taken back, as it was told when it came in. */
export type RowToUndo = TakenRow & Pick<RowDetail, 'changedAfter'>

/** How rows of one object are taken in, and back. */
export interface RowTaker {
  /** Rows taken at a time. */
  readonly batch: number
  /** Whatever is good for the tables when they have grown many times over. */
  readonly settle?: () => Promise<void>
  readonly many?: ManyRows
  take(tx: Tx, actor: Actor, rows: readonly RowValues[], how: TakeHow): Promise<Taken[]>
  undo(tx: Tx, actor: Actor, rows: readonly RowToUndo[], importId: string): Promise<UndoneRow[]>
}

/** A row that comes in with what was left out of it; one that is refused says only why. */
export const remarked = (taken: Taken, remarks: readonly ImportReason[]): Taken =>
  remarks.length === 0 || taken.outcome === 'refused' ? taken : { ...taken, detail: { ...taken.detail, remarks } }

export const refused = (reasons: readonly ImportReason[]): Taken => ({
  outcome: 'refused',
  id: null,
  detail: { reasons },
})
