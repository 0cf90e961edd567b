import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { PersonalDataPage, PersonalDataPart, Subject } from '#platform/server/personal-data'
import { forgetFound } from '#platform/server/personal-data.queries'
import { indexForSearch } from '#platform/server/search.queries'
import type { CustomValues } from '../contract/index.ts'
import { findFields } from './definitions.queries.ts'
import { wordsOf } from './record-words.ts'

interface Found {
  readonly id: string
  readonly object: string
  readonly name: string
  readonly custom: CustomValues
  readonly createdAt: Date
}

/** Records of the company's own objects that refer to the person. */
async function findRecords(tx: Tx, { cards }: Subject): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select r.id, 'custom.' || o.key as object, r.name, r.custom, r.created_at as "createdAt"
    from objects.records r join objects.objects o on o.workspace_id = r.workspace_id and o.id = r.object_id
    where r.workspace_id = ${tx.workspaceId}
      and exists (select from unnest(${[...cards]}::text[]) as card where position(card in r.custom::text) > 0)
    order by r.id`.execute(tx.db)
  return rows
}

async function* tell(tx: Tx, subject: Subject): AsyncIterable<PersonalDataPage> {
  const records = await findRecords(tx, subject)
  if (records.length > 0) yield { section: 'records', rows: records.map((record) => ({ ...record })) }
  const { rows } = await sql<Record<string, unknown>>`
    select e.field, r.before, r.after, e.operator_name as "operatorName", e.created_at as "createdAt"
    from objects.bulk_edit_rows r join objects.bulk_edits e on e.workspace_id = r.workspace_id and e.id = r.edit_id
    where r.workspace_id = ${tx.workspaceId} and r.thing_id = any(${[...subject.cards]}::uuid[]) order by e.created_at`.execute(
    tx.db,
  )
  if (rows.length > 0) yield { section: 'bulkEdits', rows }
}

/** The text without the words, whatever their capitals. */
function without(text: string, words: readonly string[]): string {
  const pattern = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|')
  return pattern === '' ? text : text.replaceAll(new RegExp(pattern, 'giu'), '…')
}

function cleaned(value: CustomValues[string], words: readonly string[]): CustomValues[string] {
  if (typeof value === 'string') return without(value, words)
  if (Array.isArray(value)) return value.map((one) => cleaned(one, words))
  return typeof value === 'object' && value !== null ? cleanedParts(value, words) : value
}

const cleanedParts = <Values extends Readonly<Record<string, CustomValues[string]>>>(
  values: Values,
  words: readonly string[],
) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, cleaned(value, words)]))

/** A record that refers to a person stays with its reference, which leads to nobody any more; what names the person in it is taken out. */
async function eraseRecord(tx: Tx, { id, object, name, custom, createdAt }: Found, words: readonly string[]) {
  const label = without(name, words)
  const values = cleanedParts(custom, words)
  await sql`
    update objects.records set name = ${label}, custom = ${JSON.stringify(values)}::jsonb
    where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db)
  await sql`
    delete from objects.unique_values where workspace_id = ${tx.workspaceId} and holder_id = ${id}
      and exists (select from unnest(${[...words]}::text[]) as word where position(word in value) > 0)`.execute(tx.db)
  await forgetFound(tx, object, [id])
  const closed = (await findFields(tx)).filter(
    (field) => field.object === object && field.description.rights.read !== 'operator',
  )
  const body = wordsOf(values, new Set(closed.map(({ key }) => key)))
  await indexForSearch(tx, { object, id, title: label, body, facts: { name: label, detail: '' }, at: createdAt })
}

/** Forgets what objects held that are emptied: unique values, and what bulk edits found and left in them. Resolves to how many of those there were. */
export async function forgetThings(tx: Tx, ids: readonly string[]): Promise<number> {
  await sql`
    delete from objects.unique_values where workspace_id = ${tx.workspaceId} and holder_id = any(${[...ids]}::uuid[])`.execute(
    tx.db,
  )
  const { numAffectedRows } = await sql`
    update objects.bulk_edit_rows set before = null, after = null, memory = null, state = 'left', problem = 'customers.erased'
    where workspace_id = ${tx.workspaceId} and thing_id = any(${[...ids]}::uuid[])`.execute(tx.db)
  return Number(numAffectedRows ?? 0)
}

/** What the company's own objects and unique values keep of people. */
export const objectsPersonalData: PersonalDataPart = {
  name: 'objects',
  tables: {
    'objects.records':
      'stay, and so does their reference to the anonymous card; words that name the person are taken out',
    'objects.bulk_edit_rows': 'stay without the values before and after; they cannot be put back',
    'objects.unique_values': 'values that the person held are removed',
  },
  tell,
  erase: async (tx, subject) => {
    const records = await findRecords(tx, subject)
    for (const record of records) await eraseRecord(tx, record, subject.words)
    const { numAffectedRows } = await sql`
      delete from objects.unique_values where workspace_id = ${tx.workspaceId} and holder_id = any(${[...subject.cards]}::uuid[])`.execute(
      tx.db,
    )
    const edits = await sql`
      update objects.bulk_edit_rows set before = null, after = null, memory = null, state = 'left', problem = 'customers.erased'
      where workspace_id = ${tx.workspaceId} and thing_id = any(${[...subject.cards, ...records.map(({ id }) => id)]}::uuid[])`.execute(
      tx.db,
    )
    return {
      'objects.bulk_edit_rows': Number(edits.numAffectedRows ?? 0),
      'objects.records': records.length,
      'objects.unique_values': Number(numAffectedRows ?? 0),
    }
  },
}
