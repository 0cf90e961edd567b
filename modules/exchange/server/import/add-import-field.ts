import { freeKey } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { DateOrder, FieldProposal, NewField } from '../../contract/index.ts'
import { changeImport, isOpen } from './change-import.ts'
import { unreadable } from './formats/limits.ts'
import { describeImported, type ImportContext, importNotFound, wrongState } from './import-context.ts'
import { findImport, type StoredImport } from './imports.queries.ts'
import { proposeField } from './propose-field.ts'
import { readRows } from './read-file.ts'

/** Rows looked at for what a column holds: half a second of reading. Values behind them that fit no choice are refused by the check. */
const LOOKED_AT = 50_000
/** Those who describe fields of their own. */
const ADD_FIELDS = 'objects.manage'

export const mayAddFields = (actor: Actor): boolean => actor.can(ADD_FIELDS)

/**
 * Looks at a column that no field fits and says what field it could fill. Nothing is stored.
 * @throws Problem `exchange.import_not_found`, `exchange.wrong_state`, `exchange.mapping_wrong`, `access.forbidden`
 */
export const proposeImportField =
  (context: ImportContext) =>
  async (actor: Actor, importId: string, column: number): Promise<FieldProposal> => {
    const { dates: _, ...proposal } = await look(context, actor, importId, column)
    return { ...proposal, column }
  }

/**
 * Describes a new field for a column and lets the column fill it. A choice gets the values that were seen. The field stays when the import is taken back:
 * by then others may use it. @throws Problem as `proposeImportField` and as adding a field does
 */
export const addImportField =
  (context: ImportContext) =>
  async (actor: Actor, importId: string, { column, label, type }: NewField): Promise<void> => {
    const { one, dates, fits, options } = await look(context, actor, importId, column)
    if (!fits.includes(type))
      throw new Problem('exchange.mapping_wrong', 422, 'Not all values of the column fit this type.', {
        errors: [{ path: 'type', code: 'exchange.type_unfit', message: `Values of the column are no ${type}.` }],
      })
    const { transaction } = context.platform
    const both = { en: label, ru: label }
    const draft = {
      type,
      label: both,
      isRequired: false,
      isUnique: false,
      rights: { read: 'operator', edit: 'operator' } as const,
      ...(type === 'choice' ? { options: optionsOf(options) } : {}),
    }
    // The field is there before anybody reads by it: descriptions are kept between transactions.
    const target = await transaction(actor.workspaceId, (tx) => context.objects.addField(tx, actor, one.object, draft))
    await transaction(actor.workspaceId, (tx: Tx) =>
      changeImport(context)(tx, actor, importId, {
        mapping: one.columns.map((known, i) =>
          i === column
            ? { target, dates: type === 'date' ? dates : null }
            : { target: known.target, dates: known.dates },
        ),
      }),
    )
  }

function optionsOf(values: readonly string[]) {
  const taken = new Set<string>()
  return values.map((value) => {
    const key = freeKey(undefined, { en: value, ru: value }, taken)
    taken.add(key)
    return { key, label: { en: value, ru: value }, isArchived: false }
  })
}

type Look = Omit<FieldProposal, 'column'> & { readonly one: StoredImport; readonly dates: DateOrder | null }

async function look(context: ImportContext, actor: Actor, importId: string, column: number): Promise<Look> {
  const { transaction, files } = context.platform
  if (!mayAddFields(actor))
    throw new Problem('access.forbidden', 403, `This needs the permission ${ADD_FIELDS}.`, {
      params: { permission: ADD_FIELDS },
    })
  const one = await transaction(actor.workspaceId, async (tx) => {
    const found = await findImport(tx, importId)
    if (!found) throw importNotFound(importId)
    if (!isOpen(found)) throw wrongState(found.state)
    await describeImported(context, tx, actor, found.object)
    return found
  })
  const { fileId, columns, reading } = one
  const name = columns[column]?.name
  if (name === undefined)
    throw new Problem('exchange.mapping_wrong', 422, 'There is no such column.', {
      errors: [{ path: 'column', code: 'exchange.column_unknown', message: `The file has ${columns.length} columns.` }],
    })
  if (fileId === null) throw unreadable('file_gone', 'The file is not there any more; upload it again.')
  const open = () => transaction(actor.workspaceId, (tx) => files.open(tx, fileId))
  const cells: string[] = []
  for await (const row of readRows(open, reading, { names: columns.map((known) => known.name), after: 0 })) {
    cells.push(row.cells[column] ?? '')
    if (row.number === LOOKED_AT) break
  }
  return { one, ...proposeField(name, cells) }
}
