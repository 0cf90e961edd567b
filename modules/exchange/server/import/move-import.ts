import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import { enqueue } from '#platform/server/jobs'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { importMoved } from '../../contract/index.ts'
import { isOpen } from './change-import.ts'
import { describeImported, type ImportContext, importNotFound, wrongState } from './import-context.ts'
import { importJobs } from './import-jobs.ts'
import { lockImport, type StoredImport, saveHeadings, updateImport } from './imports.queries.ts'
import { headingForm } from './mapping-words.ts'
import { deleteRows } from './rows.queries.ts'

type Move = 'check' | 'run' | 'stop' | 'undo'

/** What may be done with an import in its state. */
export const moves = ({
  state,
  result,
  columns,
}: Pick<StoredImport, 'state' | 'result' | 'columns'>): Record<Move, boolean> => ({
  check: isOpen({ state, result }) && columns.some(({ target }) => target !== null),
  run: state === 'checked' || state === 'stopped' || (state === 'failed' && result !== null),
  stop: state === 'running',
  undo: (state === 'done' || state === 'stopped' || state === 'failed') && result !== null,
})

/**
 * Starts or stops what is done with an import behind the scenes. The work of one workspace is done one after another, so that two lists never meet
 * the same new person. @throws Problem `exchange.import_not_found`, `exchange.wrong_state`, `access.forbidden`
 */
export const moveImport =
  (context: ImportContext) =>
  async (tx: Tx, actor: Actor, id: string, move: Move): Promise<void> => {
    const { events, now } = context.platform
    const one = await lockImport(tx, id)
    if (!one) throw importNotFound(id)
    await describeImported(context, tx, actor, one.object)
    if (!moves(one)[move]) throw wrongState(one.state)
    const options = { queue: queueOf(tx), key: `import ${id}` }
    const started = { startedAt: now(), problem: null, operatorId: actor.operatorId, operatorName: actor.name }
    if (move === 'check') {
      assertMapped(one)
      await saveHeadings(
        tx,
        one.object,
        new Map(one.columns.map(({ name, target, dates }) => [headingForm(name), { target, dates }])),
      )
      await deleteRows(tx, id)
      await updateImport(tx, id, { ...started, state: 'checking', done: 0, total: null, expected: null })
      enqueue(tx, importJobs.check, { importId: id }, options)
    } else if (move === 'run') {
      const isFirst = one.result === null
      await updateImport(tx, id, { ...started, state: 'running', ...(isFirst ? { done: 0 } : {}) })
      enqueue(tx, importJobs.run, { importId: id }, options)
    } else if (move === 'undo') {
      await updateImport(tx, id, { ...started, state: 'undoing', done: 0, undo: { removed: 0, restored: 0, left: 0 } })
      enqueue(tx, importJobs.undo, { importId: id }, options)
    } else await updateImport(tx, id, { state: 'stopped', finishedAt: now() })
    await audit(tx, actor, { action: `exchange.import_${move}`, object: 'import', id, details: { object: one.object } })
    await events.publish(tx, actor, importMoved, { importId: id }, { audience: AUDIENCE })
  }

/** What is done with imports of one workspace is done one after another. */
export const queueOf = (tx: Tx) => `import ${tx.workspaceId}`

/** Imports are the matter of supervisors and administrators. */
export const AUDIENCE = ['supervisors']

function assertMapped({ columns }: StoredImport): void {
  if (columns.some(({ target }) => target !== null)) return
  throw new Problem('exchange.mapping_wrong', 422, 'No column fills anything.', {
    errors: [{ path: 'mapping', code: 'exchange.nothing_mapped', message: 'Choose a field for at least one column.' }],
  })
}
