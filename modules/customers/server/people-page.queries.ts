import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { anyOf, keepPlan } from '#platform/server/kept-plans'
import type { Identity, Person } from '../contract/people.ts'
import { packedRow } from './packed-row.ts'

type Shown = Omit<Person, 'can'>

const identity = packedRow<Identity>((column) => ({
  id: column.plain('i.id'),
  kind: column.plain('i.kind'),
  scope: column.plain('i.scope'),
  value: column.plain('i.value'),
  proven: column.plain('i.proven'),
  shared: column.plain('i.shared'),
  personId: column.plain('i.person_id'),
  evidence: column.plain('i.evidence'),
  firstSeenAt: column.moment('i.first_seen_at'),
  lastSeenAt: column.moment('i.last_seen_at'),
}))

const person = packedRow<Shown>((column) => ({
  id: column.plain('p.id'),
  name: column.plain('p.name'),
  firstName: column.plain('p.first_name'),
  lastName: column.plain('p.last_name'),
  middleName: column.plain('p.middle_name'),
  stage: column.plain('p.stage'),
  ownerId: column.plain('p.owner_id'),
  locale: column.plain('p.locale'),
  timeZone: column.plain('p.time_zone'),
  city: column.plain('p.city'),
  addressForm: column.plain('p.address_form'),
  preferredChannel: column.plain('p.preferred_channel'),
  bestTime: column.plain('p.best_time'),
  birthday: column.plain('p.birthday'),
  note: column.plain('p.note'),
  custom: column.plain('p.custom'),
  origin: column.plain('p.origin'),
  createdAt: column.moment('p.created_at'),
  updatedAt: column.moment('p.updated_at'),
  identities: column.rows(identity, {
    from: 'from customers.identities i where i.workspace_id = p.workspace_id and i.person_id = any(p.id || joined.ids)',
    order: 'i.proven desc, i.first_seen_at, i.id',
  }),
}))

const packedPerson = sql.raw(person.asked)

/**
 * People by ids, in the order of the ids. Who was joined to them is looked up once for all: nearly nobody. The page travels as one value of arrays:
 * as rows of twenty columns the driver takes twice as long to read it, and much of that goes to dates.
 */
export async function findPeople(tx: Tx, ids: readonly string[]): Promise<Shown[]> {
  if (ids.length === 0) return []
  const { rows } = await keepPlan(sql<{ people: unknown[][] }>`
    with joined as materialized (
      select shown_as, array_agg(id) as ids from customers.people
      where workspace_id = ${tx.workspaceId} and shown_as = ${anyOf(ids)} group by shown_as
    )
    select coalesce(json_agg(${packedPerson}), '[]') as people
    from customers.people p left join joined on joined.shown_as = p.id
    where p.workspace_id = ${tx.workspaceId} and p.id = ${anyOf(ids)}`).execute(tx.db)
  const found = new Map(rows[0]?.people.map(person.read).map((one) => [one.id, one]))
  return ids.flatMap((id) => found.get(id) ?? [])
}
