import type { Questions } from '#modules/objects'
import type { ImportReason } from '../../contract/index.ts'
import type { StoredColumn, StoredImport } from './imports.queries.ts'
import type { RowDetail } from './row-detail.ts'
import type { ShownRow } from './rows.queries.ts'

const CUSTOM = 'custom.'

/** What a reader is told of an import that somebody with more rights made: nothing of what stands in fields that the reader's role may not read. */
export function forReader(
  ask: Pick<Questions, 'hiddenKeys'>,
  { object, columns }: Pick<StoredImport, 'object' | 'columns'>,
) {
  const hidden = new Set([...ask.hiddenKeys(object)].map((key) => CUSTOM + key))
  const isHidden = ({ target }: Pick<StoredColumn, 'target'>) => target !== null && hidden.has(target)
  const reasons = <Reason extends ImportReason>(told: readonly Reason[] | undefined) =>
    told?.map(({ params, ...reason }) => (params && !hidden.has(reason.field ?? '') ? { ...reason, params } : reason))
  const detail = ({ by, changes, ...rest }: RowDetail): RowDetail => ({
    ...rest,
    ...(by ? { by: hidden.has(by.kind) ? { ...by, value: '' } : by } : {}),
    ...(changes ? { changes: changes.filter(({ field }) => !hidden.has(field)) } : {}),
    ...(rest.reasons ? { reasons: reasons(rest.reasons) ?? [] } : {}),
    ...(rest.remarks ? { remarks: reasons(rest.remarks) ?? [] } : {}),
  })
  return {
    columns: columns.map((column) => (isHidden(column) ? { ...column, examples: [] } : column)),
    row: <Row extends Pick<ShownRow, 'cells' | 'detail'>>(row: Row): Row =>
      hidden.size === 0
        ? row
        : {
            ...row,
            cells: row.cells.map((cell, i) => (columns[i] && isHidden(columns[i]) ? '' : cell)),
            detail: detail(row.detail),
          },
  }
}
