import type { Objects } from '#modules/objects'
import { auditAll } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { removeManyFromSearch } from '#platform/server/search.queries'
import { type Actor, systemActor } from '#platform/shared/actor'
import { personChanged } from '../../contract/events.ts'
import type { PersonFields } from '../people.queries.ts'
import { indexPeople } from '../search-documents.ts'
import { findPeople, type KnownPerson, updatePeople } from './import-people.queries.ts'
import type { FieldChange, RowOutcome } from './person-row.ts'
import { FIELD_KEYS } from './plan-person.ts'
import {
  findTouches,
  putBackPositions,
  removeIdentities,
  removePeople,
  removePlaces,
  unprove,
} from './undo-people.queries.ts'

/** A row that was taken in, to be taken back. */
export type TakenRow = Exclude<RowOutcome, { kind: 'refused' }>

/** What became of a row that is taken back. `left`: what stays, by codes, because somebody has used or changed it since. */
export interface Undone {
  readonly kind: 'removed' | 'restored' | 'left'
  readonly left: readonly { readonly code: string; readonly field?: string }[]
}

const NO_WINDOW: string[] = []

/**
 * Takes rows of one import back, the last first, each card at most once in a call. A card that the import made is removed unless somebody has touched
 * it since; a field that it changed gets its former value back unless somebody has changed it since.
 */
export const undoPeople =
  ({ events }: Platform, uses: Pick<Objects, 'storeMany' | 'releaseAll'>) =>
  async (tx: Tx, actor: Actor, rows: readonly TakenRow[], importId: string): Promise<Undone[]> => {
    const created = rows.filter(({ kind }) => kind === 'created').map(({ id }) => id)
    const touches = await findTouches(tx, created, importId)
    const untouched = created.filter((id) => touches.get(id) === null)
    await removePeople(tx, untouched)
    await removeManyFromSearch(tx, 'person', untouched)
    await uses.releaseAll(tx, untouched)
    const details = { importId }
    await auditAll(
      tx,
      actor,
      untouched.map((id) => ({ action: 'customers.person_removed', object: 'person', id, details })),
    )

    const changed = rows.filter(({ kind }) => kind === 'changed')
    const restored = await restore(tx, uses, changed, importId)
    await auditAll(
      tx,
      actor,
      changed.map(({ id }) => ({ action: 'customers.person_restored', object: 'person', id, details })),
    )
    for (const { id } of changed)
      await events.publish(tx, actor, personChanged, { personId: id }, { audience: NO_WINDOW })

    return rows.map(({ kind, id }): Undone => {
      if (kind === 'same') return { kind: 'restored', left: [] }
      if (kind === 'changed') return restored.get(id) ?? { kind: 'left', left: [{ code: 'exchange.card_gone' }] }
      const touch = touches.get(id)
      if (touch === null) return { kind: 'removed', left: [] }
      return touch === undefined ? { kind: 'removed', left: [] } : { kind: 'left', left: [{ code: touch }] }
    })
  }

async function restore(tx: Tx, uses: Pick<Objects, 'storeMany'>, rows: readonly TakenRow[], importId: string) {
  const people = await findPeople(
    tx,
    rows.map(({ id }) => id),
    false,
  )
  const known = rows.flatMap((row) => {
    const now = people.get(row.id)
    return now ? [{ row, now, ...backTo(now, row.changes) }] : []
  })
  const custom = await uses.storeMany(tx, systemActor(tx.workspaceId), {
    object: 'person',
    isDry: false,
    items: known.map(({ row, now, custom: given }) => ({ id: row.id, given, before: now.custom })),
  })
  const after = known.map(({ now, fields, left, row, custom: given }, i) => {
    const stored = custom[i]
    const isTaken = stored !== undefined && 'wrong' in stored
    const stays = isTaken
      ? Object.keys(given).map((key) => ({ code: 'exchange.value_taken_since', field: `custom.${key}` }))
      : []
    return {
      id: row.id,
      person: { ...now, ...fields, custom: stored && 'values' in stored ? stored.values : now.custom },
      // As before the import in this too, so that a card that the same import made still counts as untouched.
      updatedAt: left.length + stays.length === 0 && row.changedBefore ? new Date(row.changedBefore) : now.updatedAt,
      left: [...left, ...stays],
    }
  })
  for (const [at, group] of Map.groupBy(after, ({ updatedAt }) => updatedAt.toISOString()))
    await updatePeople(
      tx,
      group.map(({ person }) => person),
      new Date(at),
    )
  await removeIdentities(
    tx,
    rows.flatMap(({ id, added }) => added.map((one) => ({ ...one, personId: id }))),
    importId,
  )
  await unprove(
    tx,
    rows.flatMap(({ id, proven }) => proven.map((one) => ({ ...one, personId: id }))),
    importId,
  )
  await removePlaces(
    tx,
    rows.flatMap(({ id, company }) => (company?.isNewPlace ? [{ personId: id, companyId: company.id }] : [])),
  )
  await putBackPositions(
    tx,
    rows.flatMap(({ id, company, changes }) => {
      const position = changes.find(({ field }) => field === 'position')
      return position && company
        ? [
            {
              personId: id,
              companyId: company.id,
              before: textOrNull(position.before),
              after: textOrNull(position.after),
            },
          ]
        : []
    }),
  )
  await indexPeople(
    tx,
    rows.map(({ id }) => id),
  )
  return new Map(
    after.map(({ id, left }): [string, Undone] => [id, { kind: left.length === 0 ? 'restored' : 'left', left }]),
  )
}

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)

/** Fields that still hold what the import gave them, with what they held before; the others are left. */
function backTo(now: KnownPerson, changes: readonly FieldChange[]) {
  const fields: Record<string, unknown> = {}
  const custom: Record<string, null> = {}
  const left: { code: string; field: string }[] = []
  const nameOf = (key: string) => Object.entries(FIELD_KEYS).find(([, known]) => known === key)?.[0] ?? key
  for (const { field, before, after } of changes) {
    if (field === 'position') continue
    const own = field.startsWith('custom.') ? field.slice('custom.'.length) : null
    const value = own === null ? now[nameOf(field) as keyof PersonFields] : (now.custom[own] ?? null)
    if (JSON.stringify(value) !== JSON.stringify(after)) left.push({ code: 'exchange.changed_since', field })
    else if (own === null) fields[nameOf(field)] = before
    // What a card held before was checked when it was stored.
    else custom[own] = before as null
  }
  return { fields: fields as Partial<PersonFields>, custom, left }
}
