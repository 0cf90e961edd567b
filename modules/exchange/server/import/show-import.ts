import type { Actor } from '#platform/shared/actor'
import type { ImportCard, ImportJob, ImportRow } from '../../contract/index.ts'
import { mayAddFields } from './add-import-field.ts'
import { isOpen, mayProve } from './change-import.ts'
import type { StoredImport } from './imports.queries.ts'
import { moves } from './move-import.ts'
import type { ShownRow } from './rows.queries.ts'

/** An import as its readers see it. */
export function showImport(one: StoredImport, actor: Actor, now: Date): ImportJob {
  const {
    fileId: _file,
    columns: _columns,
    operatorId: _operator,
    othersOperatorId: _others,
    startedAt,
    ...shown
  } = one
  return {
    ...shown,
    secondsLeft: secondsLeft(one, now),
    can: {
      map: isOpen(one),
      ...moves(one),
      prove: isOpen(one) && mayProve(actor, one.object),
      addFields: isOpen(one) && mayAddFields(actor),
    },
  }
}

export const showCard = (
  one: StoredImport,
  actor: Actor,
  now: Date,
  { targets, operators }: Pick<ImportCard, 'targets' | 'operators'>,
): ImportCard => ({
  ...showImport(one, actor, now),
  othersOperatorId: one.othersOperatorId,
  columns: one.columns.map(({ unknown: _, ...column }) => column),
  targets,
  operators,
})

const UNDER_WAY = new Set(['checking', 'running', 'undoing'])

/** By the pace so far; null before there is one. */
function secondsLeft({ state, startedAt, done, total, result }: StoredImport, now: Date): number | null {
  if (!UNDER_WAY.has(state) || !startedAt || done === 0) return null
  const all = state === 'undoing' && result ? result.created + result.changed + result.joined : total
  if (all === null) return null
  const seconds = (now.getTime() - startedAt.getTime()) / 1000
  return Math.max(0, Math.round(((all - done) * seconds) / done))
}

/** A row as its readers see it. */
export const showRow = ({ number, cells, outcome, detail, undone }: ShownRow, isDone: boolean): ImportRow => {
  const hasCard = isDone || outcome === 'changed' || outcome === 'same'
  const { id = null, name } = detail
  return {
    number,
    cells,
    outcome,
    card: name === undefined ? null : { id: hasCard ? id : null, name },
    by: detail.by ?? null,
    changes: [...(detail.changes ?? [])],
    alike: [...(detail.alike ?? [])],
    reasons: [...(detail.reasons ?? [])],
    remarks: [...(detail.remarks ?? [])],
    joinedRow: detail.joinedRow ?? null,
    undone: undone && { kind: undone.kind, left: [...undone.left] },
  }
}
