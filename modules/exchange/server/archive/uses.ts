import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'

/** What archives ask of the module that knows operators. */
export interface ArchiveAccess {
  confirmPassword(actor: Actor, password: string): Promise<void>
  businessWorkspace(tx: Tx): Promise<{ name: string }>
  operatorNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, { id: string; name: string }>>
}
