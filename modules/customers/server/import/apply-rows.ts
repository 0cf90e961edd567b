import { auditAll } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { companyChanged, personChanged, personCreated } from '../../contract/events.ts'
import { linkAlike } from '../identities.queries.ts'
import { keyText } from '../identity.ts'
import type { PersonFields } from '../people.queries.ts'
import { indexPeople } from '../search-documents.ts'
import { tellCompanies } from '../tell-companies.ts'
import { insertTimelineEntries } from '../timeline.queries.ts'
import { insertIdentities, insertPeople, insertPlaces, updatePeople } from './import-people.queries.ts'
import type { PlannedRow } from './import-people.ts'
import { evidenceOfImport, type ImportHow, type RowOutcome } from './person-row.ts'

/** A row with what it becomes. */
interface ReadyRow {
  readonly plan: PlannedRow
  readonly outcome: RowOutcome
  readonly after: PersonFields
}

type Taken = Exclude<RowOutcome, { kind: 'refused' }>

/** A window that follows what happens would be told of ten thousand cards a second: who takes lists in tells screens once for many. */
const NO_WINDOW: string[] = []

/**
 * Writes what was planned: cards, identities, places, history, pairs that may be the same, audit, events, and what changed cards are found by. New
 * cards are found by lists at once; search is told of them by whoever takes the list in (`makePeopleFindable`).
 */
export const applyRows =
  ({ events }: Platform) =>
  async (
    tx: Tx,
    actor: Actor,
    how: ImportHow,
    { rows, at }: { rows: readonly ReadyRow[]; at: Date },
  ): Promise<void> => {
    const taken = rows.flatMap(({ plan, outcome, after }) =>
      outcome.kind === 'refused' || outcome.kind === 'same'
        ? []
        : [{ plan, outcome, after: { ...after, id: plan.id } }],
    )
    const created = taken.filter(({ outcome }) => outcome.kind === 'created')
    const changed = taken.filter(({ outcome }) => outcome.kind === 'changed')
    const by = { importId: how.importId, operatorId: actor.operatorId, operatorName: actor.name }
    const data = { origin: 'import', ...by }
    await insertPeople(
      tx,
      created.map(({ after }) => after),
      { at, data },
    )
    await updatePeople(
      tx,
      changed.map(({ after }) => after),
      at,
    )
    await insertTimelineEntries(
      tx,
      changed.flatMap(({ plan, outcome }) => stageEntry(plan.id, outcome, { at, by })),
    )
    await insertIdentities(tx, taken.flatMap(identitiesOf), {
      evidence: evidenceOfImport(how.importId, actor.operatorId, at),
      at,
    })
    await linkAlike(tx, commonKeys(taken.map(({ plan }) => plan)))
    const places = taken.flatMap(({ plan, outcome: { company } }) =>
      company ? [{ personId: plan.id, companyId: company.id, position: plan.row.company?.position ?? null }] : [],
    )
    await insertPlaces(tx, places)
    if (places.length > 0) tellCompanies(tx)
    await indexPeople(
      tx,
      changed.map(({ plan }) => plan.id),
    )
    await auditAll(
      tx,
      actor,
      changed.map(({ plan, outcome }) => ({
        action: 'customers.person_changed',
        object: 'person',
        id: plan.id,
        details: { importId: how.importId, fields: outcome.changes.map(({ field }) => field) },
      })),
    )
    for (const { plan } of created)
      await events.publish(tx, actor, personCreated, { personId: plan.id }, { audience: NO_WINDOW })
    for (const { plan } of changed)
      await events.publish(tx, actor, personChanged, { personId: plan.id }, { audience: NO_WINDOW })
    const companies = new Set(taken.flatMap(({ outcome }) => outcome.company?.id ?? []))
    for (const companyId of companies)
      await events.publish(tx, actor, companyChanged, { companyId }, { audience: NO_WINDOW })
  }

function stageEntry(personId: string, { changes }: Taken, { at, by }: { at: Date; by: Record<string, unknown> }) {
  const stage = changes.find(({ field }) => field === 'stage')
  return stage
    ? [{ personId, at, kind: 'customers.stage_changed', data: { from: stage.before, to: stage.after, ...by } }]
    : []
}

const identitiesOf = ({ plan, outcome }: { plan: PlannedRow; outcome: Taken }) =>
  [...outcome.added, ...outcome.proven.map((one) => ({ ...one, proven: true }))].flatMap(({ kind, value, proven }) => {
    const key = plan.keys.find((one) => one.kind === kind && one.value === value)
    return key ? [{ ...key, personId: plan.id, proven }] : []
  })

/** Identities that somebody else has too, or another row: of those, pairs that may be the same are made. */
function commonKeys(plans: readonly PlannedRow[]) {
  const times = new Map<string, number>()
  for (const { keys } of plans) for (const key of keys) times.set(keyText(key), (times.get(keyText(key)) ?? 0) + 1)
  return plans.flatMap(({ id, keys, holders }) => {
    const held = new Set(holders.filter(({ personId }) => personId !== id).map(keyText))
    const common = keys.filter((key) => held.has(keyText(key)) || (times.get(keyText(key)) ?? 0) > 1)
    return common.length > 0 ? [{ personId: id, keys: common }] : []
  })
}
