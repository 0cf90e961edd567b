import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { anyOf, keepPlan } from '#platform/server/kept-plans'
import type { Identity, Person } from '../contract/people.ts'

type Shown = Omit<Person, 'can'>
/** Microseconds since 1970. */
type Instant = number
type PackedIdentity = [
  id: string,
  kind: Identity['kind'],
  scope: string,
  value: string,
  proven: boolean,
  shared: boolean,
  personId: string,
  evidence: Identity['evidence'],
  firstSeenAt: Instant,
  lastSeenAt: Instant,
]
type PackedPerson = [
  id: string,
  name: string,
  firstName: string | null,
  lastName: string | null,
  middleName: string | null,
  stage: Shown['stage'],
  ownerId: string | null,
  locale: string | null,
  timeZone: string | null,
  city: string | null,
  addressForm: Shown['addressForm'],
  preferredChannel: string | null,
  bestTime: string | null,
  birthday: string | null,
  note: string,
  custom: Shown['custom'],
  origin: string | null,
  createdAt: Instant,
  updatedAt: Instant,
  identities: PackedIdentity[],
]

/**
 * People by ids, in the order of the ids. Who was joined to them is looked up once for all: nearly nobody. The page travels as one value of arrays:
 * as rows of twenty columns the driver takes twice as long to read it, and much of that goes to dates.
 */
export async function findPeople(tx: Tx, ids: readonly string[]): Promise<Shown[]> {
  if (ids.length === 0) return []
  const { rows } = await keepPlan(sql<{ people: PackedPerson[] }>`
    with joined as materialized (
      select shown_as, array_agg(id) as ids from customers.people
      where workspace_id = ${tx.workspaceId} and shown_as = ${anyOf(ids)} group by shown_as
    )
    select coalesce(json_agg(json_build_array(
      p.id, p.name, p.first_name, p.last_name, p.middle_name,
      p.stage, p.owner_id, p.locale, p.time_zone,
      p.city, p.address_form, p.preferred_channel,
      p.best_time, p.birthday, p.note, p.custom,
      p.origin, ${instant('p.created_at')}, ${instant('p.updated_at')}, (
        select coalesce(json_agg(json_build_array(
          i.id, i.kind, i.scope, i.value, i.proven, i.shared,
          i.person_id, i.evidence, ${instant('i.first_seen_at')}, ${instant('i.last_seen_at')}
        ) order by i.proven desc, i.first_seen_at, i.id), '[]')
        from customers.identities i where i.workspace_id = p.workspace_id and i.person_id = any(p.id || joined.ids)
      ))), '[]') as people
    from customers.people p left join joined on joined.shown_as = p.id
    where p.workspace_id = ${tx.workspaceId} and p.id = ${anyOf(ids)}`).execute(tx.db)
  const byId = new Map(rows[0]?.people.map((one) => [one[0], one]))
  return ids.flatMap((id) => {
    const found = byId.get(id)
    return found ? [personOf(found)] : []
  })
}

const instant = (column: string): RawBuilder<unknown> => sql`round(date_part('epoch', ${sql.ref(column)}) * 1000000)`
const dateOf = (at: Instant) => new Date(Math.floor(at / 1000))

// In the order of the statement above.
const personOf = ([
  id,
  name,
  firstName,
  lastName,
  middleName,
  stage,
  ownerId,
  locale,
  timeZone,
  city,
  addressForm,
  preferredChannel,
  bestTime,
  birthday,
  note,
  custom,
  origin,
  createdAt,
  updatedAt,
  identities,
]: PackedPerson): Shown => ({
  id,
  name,
  firstName,
  lastName,
  middleName,
  stage,
  ownerId,
  locale,
  timeZone,
  city,
  addressForm,
  preferredChannel,
  bestTime,
  birthday,
  note,
  custom,
  origin,
  createdAt: dateOf(createdAt),
  updatedAt: dateOf(updatedAt),
  identities: identities.map(identityOf),
})

const identityOf = ([
  id,
  kind,
  scope,
  value,
  proven,
  shared,
  personId,
  evidence,
  firstSeenAt,
  lastSeenAt,
]: PackedIdentity): Identity => ({
  id,
  kind,
  scope,
  value,
  proven,
  shared,
  personId,
  evidence,
  firstSeenAt: dateOf(firstSeenAt),
  lastSeenAt: dateOf(lastSeenAt),
})
