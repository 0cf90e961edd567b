import type { RowOutcome } from '#modules/customers'
import type { ImportReason } from '../../contract/index.ts'

/** What is kept of a row beside its cells: as the owning module told it, whatever the object. */
export type RowDetail = Partial<Omit<Exclude<RowOutcome, { kind: 'refused' }>, 'kind'>> & {
  readonly reasons?: readonly ImportReason[]
  /** What was left out of a row that comes in. */
  readonly remarks?: readonly ImportReason[]
  /** The earlier row of the file whose card takes this one in. */
  readonly joinedRow?: number
  /** When the card that a row changed was changed by it. */
  readonly changedAfter?: string
}

/** What an undo did with a row. */
export interface UndoneRow {
  readonly kind: 'removed' | 'restored' | 'left'
  readonly left: readonly ImportReason[]
  /** At `at` the card was put back to what it was at `asOf`, and nobody had touched it between: as long as that is its last change, it counts as from then. */
  readonly putBack?: { readonly at: string; readonly asOf: string }
}
