import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Employment, Identity, Likeness, Person, PersonCard } from '../contract/people.ts'
import { partColumns, type Told, type ToldParts } from './card/parts.queries.ts'
import { partsOf } from './card/parts.ts'
import { dayOf, employmentJson } from './companies.queries.ts'

type PersonRow = Omit<Person, 'identities' | 'can'> & { identities: Told<Identity>[] }
type CardRow = PersonRow &
  ToldParts & {
    employments: Employment[]
    likenesses: Likeness[]
    mergedCount: number
  }

/** All cards that are shown as this one: nearly always itself alone, which costs one look into a small index. */
const membersOf = (person: RawBuilder<unknown>) => sql`array(
    select ${person}.id union all
    select hidden.id from customers.people hidden where hidden.workspace_id = ${person}.workspace_id and hidden.shown_as = ${person}.id)`

const personColumns = sql`p.id, p.name, p.first_name as "firstName", p.last_name as "lastName", p.middle_name as "middleName", p.stage,
  p.owner_id as "ownerId", p.locale, p.time_zone as "timeZone", p.city,
  p.address_form as "addressForm", p.preferred_channel as "preferredChannel", p.best_time as "bestTime", p.birthday, p.note, p.custom, p.origin,
  p.created_at as "createdAt", p.updated_at as "updatedAt",
  (select coalesce(json_agg(json_build_object('id', i.id, 'kind', i.kind, 'scope', i.scope, 'value', i.value, 'proven', i.proven,
      'evidence', i.evidence, 'shared', i.shared, 'personId', i.person_id, 'firstSeenAt', i.first_seen_at, 'lastSeenAt', i.last_seen_at)
      order by i.proven desc, i.first_seen_at, i.id), '[]')
    from customers.identities i where i.workspace_id = p.workspace_id and i.person_id = any(${membersOf(sql`p`)})) as identities`

/** A person with everything that stands around the card, in one statement. Who was joined to another is answered with that one's card. */
export async function findCard(tx: Tx, id: string): Promise<Omit<PersonCard, 'can'> | undefined> {
  const { rows } = await sql<CardRow>`
    select ${personColumns},
      (select coalesce(json_agg(${employmentJson} order by coalesce(e.until <= day.today, false), lower(c.name), c.id), '[]') from (
          select distinct on (e.company_id) e.* from customers.employments e
          where e.workspace_id = p.workspace_id and e.person_id = any(${membersOf(sql`p`)})
          order by e.company_id, e.person_id = p.id desc) e
        join customers.companies c on c.workspace_id = e.workspace_id and c.id = e.company_id
        cross join lateral (select p.*) s cross join ${dayOf(sql`p`)} day) as employments,
      ${partColumns(sql`p`, sql`members.ids`)},
      ${openLikenesses} as likenesses,
      (select count(*)::int from customers.people hidden where hidden.workspace_id = p.workspace_id and hidden.shown_as = p.id) as "mergedCount"
    from customers.people p cross join lateral (select ${membersOf(sql`p`)} as ids offset 0) members
    where p.workspace_id = ${tx.workspaceId} and p.id = ${shownIdOf(tx, id)}`.execute(tx.db)
  const row = rows[0]
  if (!row) return undefined
  const { employments, likenesses, mergedCount } = row
  return { ...withDates(row), employments, likenesses, mergedCount, ...partsOf(row) }
}

/** The card under which a person is shown. */
const shownIdOf = (tx: Tx, id: string) => sql`coalesce(
  (select shown_as from customers.people where workspace_id = ${tx.workspaceId} and id = ${id}), ${id})`

/**
 * Other shown cards that may be the same person as `p`, likeliest first. Pairs of cards that are joined to these count as theirs; those that
 * were weighed and found different are left out.
 */
const openLikenesses = sql`(
  select coalesce(json_agg(json_build_object('personId', other.id, 'name', other.name, 'reasons', pair.reasons, 'probability', pair.probability,
      'evidence', pair.evidence) order by pair.probability desc nulls last, jsonb_array_length(pair.reasons) desc, other.id), '[]')
  from (
    select distinct on (coalesce(person.shown_as, person.id)) coalesce(person.shown_as, person.id) as id, pair.reasons, pair.probability, pair.evidence
    from (
      select other_id as id, reasons, probability, evidence, state, verdict from customers.likenesses
        where workspace_id = p.workspace_id and person_id = any(${membersOf(sql`p`)})
      union all
      select person_id, reasons, probability, evidence, state, verdict from customers.likenesses
        where workspace_id = p.workspace_id and other_id = any(${membersOf(sql`p`)})
    ) pair join customers.people person on person.workspace_id = p.workspace_id and person.id = pair.id
    where pair.state = 'open' and pair.verdict is distinct from 'no'
    order by coalesce(person.shown_as, person.id), pair.probability desc nulls last
  ) pair join customers.people other on other.workspace_id = p.workspace_id and other.id = pair.id
  where other.id <> p.id)`

/** Null when there is no such person. */
export async function findLikenesses(tx: Tx, id: string): Promise<Likeness[] | null> {
  const { rows } = await sql<{ likenesses: Likeness[] }>`
    select ${openLikenesses} as likenesses
    from customers.people p where p.workspace_id = ${tx.workspaceId} and p.id = ${shownIdOf(tx, id)}`.execute(tx.db)
  return rows[0]?.likenesses ?? null
}

/** People by ids, in the order of the ids. */
export async function findPeople(tx: Tx, ids: readonly string[]): Promise<Omit<Person, 'can'>[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<PersonRow>`
    select ${personColumns} from unnest(${ids}::uuid[]) with ordinality as wanted (id, number)
    join customers.people p on p.workspace_id = ${tx.workspaceId} and p.id = wanted.id order by wanted.number`.execute(
    tx.db,
  )
  return rows.map(withDates)
}

const withDates = (row: PersonRow): Omit<Person, 'can'> => ({
  ...row,
  identities: row.identities.map((one) => ({
    ...one,
    firstSeenAt: new Date(one.firstSeenAt),
    lastSeenAt: new Date(one.lastSeenAt),
  })),
})
