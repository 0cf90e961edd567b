import { type Objects, type StoredOrWrong, uniqueForm } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { requisiteFaults } from '../../contract/requisites.ts'
import { lockIdentities } from '../identities.queries.ts'
import { type IdentityKey, keyText } from '../identity.ts'
import { EMPTY_PERSON, findLocale } from '../people.queries.ts'
import { standInName } from '../person-name.ts'
import { applyRows } from './apply-rows.ts'
import { companiesOfRows } from './companies-of-rows.ts'
import { findFormerHolders, matchFormer } from './former-ids.ts'
import { findHolders, findPeople, findPlaces, type KnownPerson } from './import-people.queries.ts'
import { type ImportHow, keysOf, type PersonRow, type RowOutcome } from './person-row.ts'
import {
  alikeOf,
  changedCustom,
  changedFields,
  customToWrite,
  type Holder,
  matchRow,
  newFields,
  type RowMatch,
} from './plan-person.ts'

/** What taking in lists asks of the one that knows objects and their fields. */
export type ImportUses = Pick<Objects, 'storeMany' | 'holdersOf' | 'uniqueField'>

/** One row on its way: what it becomes is known once nothing speaks against it. */
export interface PlannedRow {
  readonly row: PersonRow
  readonly keys: readonly IdentityKey[]
  readonly holders: readonly Holder[]
  readonly match: RowMatch | null
  readonly before: KnownPerson | undefined
  readonly id: string
}

/**
 * Takes rows of a list in, with as many statements for a thousand as for one; outcomes are in the order of the rows. No two rows of one call mean
 * the same new person: whoever calls hands over the second one in the next call. `isDry` tells the same and changes nothing.
 *
 * The rules are those of cards that an operator fills: typed addresses are claims (or proven, when the administrator answers for it), values are
 * checked against their fields, everything is on the timeline and in the audit log. Search knows new cards by `makePeopleFindable`.
 */
export const importPeople = (platform: Platform, uses: ImportUses) => {
  const apply = applyRows(platform)

  return async (tx: Tx, actor: Actor, rows: readonly PersonRow[], how: ImportHow): Promise<RowOutcome[]> => {
    const at = platform.now()
    const planned = await planRows(tx, uses, rows, how)
    const fields = planned.map(fieldsAfter(how, await findLocale(tx)))
    const custom = await uses.storeMany(tx, actor, {
      object: 'person',
      isDry: how.isDry,
      items: planned.map(({ id, before, row }) => ({
        id,
        given: before ? customToWrite(before.custom, row.custom, how.onMatch) : row.custom,
        before: before?.custom,
      })),
    })
    const refused = planned.map((plan, i) => refusal(plan, custom[i], how))
    const isTaken = (i: number) => refused[i] === null
    const companies = await companiesOfRows(
      tx,
      planned.map(({ row }, i) => (isTaken(i) && how.onMatch !== 'skip' ? row : { ...row, company: null })),
      { isDry: how.isDry, at },
    )
    const places = await findPlaces(
      tx,
      planned.flatMap(({ id, before }, i) => {
        const company = companies[i]
        return before && company && !company.isNew ? [{ personId: id, companyId: company.id, position: null }] : []
      }),
    )
    const proofs = new Set<string>()
    const outcomes = planned.map((plan, i): RowOutcome => {
      const problem = refused[i]
      if (problem) return problem
      const stored = custom[i]
      const values = stored && 'values' in stored ? stored.values : {}
      const { after, changes } = fields[i] ?? { after: EMPTY_PERSON, changes: [] }
      const allChanges = plan.before ? [...changes, ...changedCustom(plan.before.custom, values)] : []
      const identities = newIdentities(plan, how, proofs)
      const company = companies[i] ?? null
      const position = plan.row.company?.position ?? null
      const pair = company ? `${plan.id} ${company.id}` : ''
      const isNewPlace = company !== null && !places.has(pair)
      const isMoved = company !== null && position !== null && places.get(pair) !== position
      const hasNews =
        allChanges.length + identities.added.length + identities.proven.length > 0 || isNewPlace || isMoved
      return {
        kind: plan.before ? (hasNews ? 'changed' : 'same') : 'created',
        id: plan.id,
        name: after.name,
        by: plan.match?.by ?? null,
        changedBefore: plan.before?.updatedAt.toISOString() ?? null,
        changes:
          isMoved && !isNewPlace
            ? [...allChanges, { field: 'position', before: places.get(pair) ?? null, after: position }]
            : allChanges,
        ...identities,
        company: company && { ...company, isNewPlace },
        alike: alikeOf(plan.holders, plan.before ? plan.id : null),
      }
    })
    if (!how.isDry)
      await apply(tx, actor, how, {
        at,
        rows: planned.map((plan, i) => {
          const stored = custom[i]
          return {
            plan,
            outcome: outcomes[i] ?? { kind: 'refused', reasons: [] },
            after: { ...(fields[i]?.after ?? EMPTY_PERSON), custom: stored && 'values' in stored ? stored.values : {} },
          }
        }),
      })
    return outcomes
  }
}

async function planRows(tx: Tx, uses: ImportUses, rows: readonly PersonRow[], how: ImportHow): Promise<PlannedRow[]> {
  const keys = rows.map(keysOf)
  const all = [...new Map(keys.flat().map((key) => [keyText(key), key])).values()]
  // Claims need no lock: two cards that get the same one at once are compared afterwards. A proof has one holder.
  if (how.isProven && !how.isDry) await lockIdentities(tx, all)
  const byKey = Map.groupBy(await findHolders(tx, all), keyText)
  const former = how.key === 'external' ? await findFormerHolders(tx, all) : new Map<string, Holder[]>()
  const byField = await holdersByField(tx, uses, rows, how)
  const matches = rows.map((row, i) => {
    const holders = (keys[i] ?? []).flatMap((key) => byKey.get(keyText(key)) ?? [])
    const own = { keys: keys[i] ?? [], fields: row.fields }
    const match =
      how.key === 'id'
        ? byId(row)
        : (byField?.(row) ?? matchRow(own.keys, holders, how) ?? matchFormer(own, holders, former))
    return { row, keys: own.keys, holders, match }
  })
  const known = await findPeople(tx, [...new Set(matches.flatMap(({ match }) => match?.id ?? []))], how.isDry)
  return matches.map(({ match, ...rest }) => {
    const before = match ? known.get(match.id) : undefined
    return { ...rest, match, before, id: before ? before.id : newId() }
  })
}

const byId = ({ id }: PersonRow): RowMatch | null => (id ? { id, by: { kind: 'id', value: id } } : null)

async function holdersByField(tx: Tx, uses: ImportUses, rows: readonly PersonRow[], { key }: ImportHow) {
  if (typeof key !== 'object' || key === null) return undefined
  const field = await uses.uniqueField(tx, 'person', key.uniqueField)
  if (!field) return undefined
  const uniqueOf = ({ custom }: PersonRow) => custom[field.name] ?? null
  const holders = await uses.holdersOf(
    tx,
    field.id,
    rows.map(uniqueOf).filter((value) => value !== null),
  )
  return (row: PersonRow): RowMatch | null => {
    const value = uniqueOf(row)
    const id = value === null ? undefined : holders.get(uniqueForm(value))
    return id ? { id, by: { kind: key.uniqueField, value: String(value) } } : null
  }
}

const fieldsAfter =
  (how: ImportHow, locale: 'ru' | 'en') =>
  ({ before, row, keys }: PlannedRow) =>
    before
      ? changedFields(before, row.fields, how.onMatch)
      : { after: newFields(row, EMPTY_PERSON, () => standInName(keys, locale)), changes: [] }

/** Why a row cannot be taken in; null when it can. */
function refusal(
  { before, match, keys, row }: PlannedRow,
  custom: StoredOrWrong | undefined,
  how: ImportHow,
): RowOutcome | null {
  if (match && !before) return refuse('exchange.card_unknown', how.key === 'id' ? 'id' : undefined)
  if (how.key === 'id' && !match && row.id) return refuse('exchange.card_unknown', 'id')
  const inn = row.company?.inn
  if (inn && requisiteFaults({ inn, kpp: null, ogrn: null, bic: null, account: null }).inn)
    return refuse('customers.inn_wrong', 'companyInn')
  if (before?.isClosed) return refuse('customers.restricted')
  const hasName = Boolean(row.fields.name || row.fields.firstName || row.fields.lastName || row.fields.middleName)
  if (!before && !hasName && keys.length === 0) return refuse('customers.name_required')
  if (custom && 'wrong' in custom)
    return { kind: 'refused', reasons: custom.wrong.map(({ path, code }) => ({ code, field: path })) }
  return null
}

const refuse = (code: string, field?: string): RowOutcome => ({
  kind: 'refused',
  reasons: [field ? { code, field } : { code }],
})

/** What the card gains: identities that it has not, and proofs of those that it has. One proof has one holder, also within a list. */
function newIdentities({ keys, holders, before, id }: PlannedRow, how: ImportHow, proofs: Set<string>) {
  if (before && how.onMatch === 'skip') return { added: [], proven: [] }
  const isProven = (key: IdentityKey) => {
    const isTaken = holders.some((one) => one.proven && keyText(one) === keyText(key)) || proofs.has(keyText(key))
    if (!how.isProven || isTaken || key.kind === 'external') return false
    proofs.add(keyText(key))
    return true
  }
  const own = (key: IdentityKey) =>
    before !== undefined && holders.some((one) => one.personId === id && keyText(one) === keyText(key))
  return {
    added: keys.filter((key) => !own(key)).map((key) => ({ kind: key.kind, value: key.value, proven: isProven(key) })),
    proven: keys
      .filter(own)
      .filter(isProven)
      .map(({ kind, value }) => ({ kind, value })),
  }
}
