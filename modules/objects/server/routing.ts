import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import type { Questions } from './conditions.ts'
import type { addField, changeField } from './describe-fields.ts'
import type { addObject, changeObject } from './describe-objects.ts'
import type { changeRecord, createRecord } from './save-record.ts'
import type { changeView, createView, removeView } from './save-view.ts'
import type { startBulkEdit } from './start-bulk-edit.ts'
import type { stopBulkEdit, undoBulkEdit } from './undo-bulk-edit.ts'

/** What the routes of this module stand on. */
export interface RoutesContext extends Pick<Platform, 'transaction' | 'now'> {
  readonly questions: (tx: Tx, actor: Actor) => Promise<Questions>
  readonly use: {
    readonly addObject: ReturnType<typeof addObject>
    readonly changeObject: ReturnType<typeof changeObject>
    readonly addField: ReturnType<typeof addField>
    readonly changeField: ReturnType<typeof changeField>
    readonly createRecord: ReturnType<typeof createRecord>
    readonly changeRecord: ReturnType<typeof changeRecord>
    readonly createView: ReturnType<typeof createView>
    readonly changeView: ReturnType<typeof changeView>
    readonly removeView: typeof removeView
    readonly startBulkEdit: ReturnType<typeof startBulkEdit>
    readonly undoBulkEdit: ReturnType<typeof undoBulkEdit>
    readonly stopBulkEdit: ReturnType<typeof stopBulkEdit>
  }
}

/** Runs a piece of work for an actor in one transaction, with what they may ask about objects. */
export const asking =
  ({ transaction, questions }: RoutesContext) =>
  <Result>(actor: Actor, work: (tx: Tx, ask: Questions) => Promise<Result>): Promise<Result> =>
    transaction(actor.workspaceId, async (tx) => work(tx, await questions(tx, actor)))
