import type { Access } from '#modules/access'
import type { Tx } from '#platform/server/database'
import { nameForm } from '#platform/shared/name-form'
import { Problem } from '#platform/shared/problems'
import { type ImportCard, type ImportPatch, MAX_NAMED_OPERATORS } from '../../contract/index.ts'
import type { StoredColumn } from './imports.queries.ts'
import { findKnownOperators, saveKnownOperators } from './known-operators.queries.ts'
import type { RowDetail } from './row-detail.ts'

/**
 * Those who work here, by every form by which a file may name them: e-mail, name, and what somebody said of a name before. Of two who are called the same
 * nobody is meant.
 */
export async function operatorsOfFile(tx: Tx, { operators }: Pick<Access, 'operators'>): Promise<Map<string, string>> {
  const working = await operators(tx)
  const named = Map.groupBy(working, ({ name }) => nameForm(name))
  const ids = new Set(working.map(({ id }) => id))
  return new Map([
    ...[...named].flatMap(([form, [one, ...others]]): [string, string][] =>
      one && others.length === 0 ? [[form, one.id]] : [],
    ),
    ...[...(await findKnownOperators(tx))].filter(([, id]) => ids.has(id)),
    ...working.map(({ email, id }): [string, string] => [nameForm(email), id]),
  ])
}

/** The same, and for every other name the one who was said to be meant by all of them; nobody, when they have left since. */
export function withOthers(
  known: ReadonlyMap<string, string>,
  othersOperatorId: string | null,
): Pick<ReadonlyMap<string, string>, 'get'> {
  const works = othersOperatorId !== null && [...known.values()].includes(othersOperatorId)
  return works ? { get: (form) => known.get(form) ?? othersOperatorId } : known
}

/** Columns with the names of operators that rows of a check could not place; undefined when there is no new one. */
export function withUnknown(
  columns: readonly StoredColumn[],
  rows: readonly { readonly detail: RowDetail }[],
): StoredColumn[] | undefined {
  const found = new Map<string, Set<string>>()
  for (const { detail } of rows)
    for (const { code, field = '', params } of detail.remarks ?? [])
      if (code === 'exchange.operator_unknown' && params?.value)
        found.set(field, (found.get(field) ?? new Set()).add(params.value))
  const next = columns.map((column) => {
    const names = [...new Set([...(column.unknown ?? []), ...(found.get(column.target ?? '') ?? [])])]
    return names.length === (column.unknown?.length ?? 0)
      ? column
      : { ...column, unknown: names.slice(0, MAX_NAMED_OPERATORS) }
  })
  return next.some((column, i) => column.unknown?.length !== columns[i]?.unknown?.length) ? next : undefined
}

/** The names that checks of this file could not place, with those who were said to be meant since. */
export async function showOperators(
  tx: Tx,
  access: Pick<Access, 'operators'>,
  columns: readonly StoredColumn[],
): Promise<ImportCard['operators']> {
  const names = [...new Set(columns.flatMap(({ unknown }) => unknown ?? []))].slice(0, MAX_NAMED_OPERATORS)
  if (names.length === 0) return []
  const known = await operatorsOfFile(tx, access)
  return names.map((name) => ({ name, operatorId: known.get(nameForm(name)) ?? null }))
}

/**
 * Remembers who is meant by names, for this file and all later ones, and sees that those who were named work here, also the one for all other names.
 * @throws Problem `exchange.mapping_wrong`
 */
export async function learnOperators(
  tx: Tx,
  { operators }: Pick<Access, 'operators'>,
  { operators: given = [], othersOperatorId = null }: Pick<ImportPatch, 'operators' | 'othersOperatorId'>,
): Promise<void> {
  const ids = new Set((await operators(tx)).map(({ id }) => id))
  const named = [
    ...given.map(({ operatorId }, i) => ({ path: `operators.${i}.operatorId`, operatorId })),
    { path: 'othersOperatorId', operatorId: othersOperatorId },
  ]
  const errors = named
    .filter(({ operatorId }) => operatorId !== null && !ids.has(operatorId))
    .map(({ path }) => ({ path, code: 'access.unknown_operator', message: 'There is no such operator.' }))
  if (errors.length > 0) throw new Problem('exchange.mapping_wrong', 422, 'Some operators are not here.', { errors })
  await saveKnownOperators(tx, new Map(given.map(({ name, operatorId }) => [nameForm(name), operatorId])))
}
