import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { ImportColumn, ImportPatch, ImportTarget } from '../../contract/index.ts'
import { describeImported, type ImportContext, importNotFound, wrongState } from './import-context.ts'
import { lockImport, type StoredColumn, type StoredImport, updateImport } from './imports.queries.ts'
import { learnOperators } from './operators-of-file.ts'
import { deleteRows } from './rows.queries.ts'
import { targetsOf } from './targets.ts'
import { type Sniffed, suggestFor } from './upload-file.ts'

/**
 * Changes how a file is read, what its columns fill and whom names in it mean; the check has to be made again. `sniffed`: the file as it is read now, when that changed;
 * its columns are suggested anew then. @throws Problem `exchange.import_not_found`, `exchange.wrong_state`, `exchange.mapping_wrong`, `access.forbidden`
 */
export const changeImport =
  (context: ImportContext) =>
  async (tx: Tx, actor: Actor, id: string, patch: ImportPatch, sniffed?: Sniffed): Promise<void> => {
    const one = await lockImport(tx, id)
    if (!one) throw importNotFound(id)
    if (!isOpen(one)) throw wrongState(one.state)
    const targets = targetsOf(await describeImported(context, tx, actor, one.object))
    const read = sniffed
      ? { reading: sniffed.reading, ...(await suggestFor(context, tx, actor, one.object, sniffed.head)) }
      : {}
    const before = { ...one, ...read }
    const columns = patch.mapping ? mapped(before.columns, patch.mapping, targets) : before.columns
    const key = patch.key === undefined ? stillKey(before.key, columns) : patch.key
    assertKey(key, columns, targets)
    const isProven = patch.isProven ?? one.isProven
    if (isProven && !mayProve(actor, one.object))
      throw new Problem('access.forbidden', 403, 'Only administrators answer for addresses.', {
        params: { permission: PROVE },
      })
    if (patch.operators || patch.othersOperatorId) await learnOperators(tx, context.access, patch)
    await deleteRows(tx, id)
    await updateImport(tx, id, {
      ...read,
      columns,
      key,
      isProven,
      ...(patch.onMatch ? { onMatch: patch.onMatch } : {}),
      ...(patch.othersOperatorId === undefined ? {} : { othersOperatorId: patch.othersOperatorId }),
      state: 'mapping',
      expected: null,
      problem: null,
      done: 0,
    })
  }

/** Those who may change the thresholds of joining cards may say that a list is proven: both decide who is who. */
const PROVE = 'customers.manage'
export const mayProve = (actor: Actor, object: string): boolean => object === 'person' && actor.can(PROVE)

/** Nothing of it has been taken in, and nothing is under way. */
export const isOpen = ({ state, result }: Pick<StoredImport, 'state' | 'result'>): boolean =>
  state === 'mapping' || state === 'checked' || (state === 'failed' && result === null)

function mapped(
  columns: readonly StoredColumn[],
  mapping: NonNullable<ImportPatch['mapping']>,
  targets: readonly ImportTarget[],
): StoredColumn[] {
  const errors: { path: string; code: string; message: string }[] = []
  const wrong = (i: number, code: string, message: string) =>
    errors.push({ path: `mapping.${i}`, code: `exchange.${code}`, message })
  if (mapping.length !== columns.length) wrong(0, 'mapping_length', `The file has ${columns.length} columns.`)
  const next = columns.map((column, i): StoredColumn => {
    const { target: key = null, dates } = mapping[i] ?? {}
    if (key === column.target) return { ...column, dates: dates === undefined ? column.dates : dates }
    return { ...column, target: key, dates: dates ?? null, why: null, unknown: [] }
  })
  const counts = new Map<string, number>()
  for (const [i, { target: key }] of next.entries()) {
    if (key === null) continue
    const target = targets.find((one) => one.key === key)
    const times = (counts.get(key) ?? 0) + 1
    counts.set(key, times)
    if (!target) wrong(i, 'target_unknown', `There is no field ${key}.`)
    else if (times > 1 && !target.isMany) wrong(i, 'target_twice', `Only one column can fill ${key}.`)
  }
  if (errors.length > 0) throw new Problem('exchange.mapping_wrong', 422, 'Some columns do not fit.', { errors })
  return next
}

const stillKey = (key: string | null, columns: readonly ImportColumn[]) =>
  columns.some(({ target }) => target !== null && target === key) ? key : null

function assertKey(key: string | null, columns: readonly ImportColumn[], targets: readonly ImportTarget[]): void {
  if (key === null) return
  const isKey =
    targets.some((target) => target.key === key && target.isKey) && columns.some(({ target }) => target === key)
  if (isKey) return
  throw new Problem('exchange.mapping_wrong', 422, 'Rows cannot be told apart by this.', {
    errors: [{ path: 'key', code: 'exchange.key_unknown', message: 'Choose a column that is mapped.' }],
  })
}
