import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { allOf, keepPlan } from '#platform/server/kept-plans'
import type { Employment, Identity, Likeness, Person, PersonCard } from '../contract/people.ts'
import { partColumns, type Told, type ToldParts } from './card/parts.queries.ts'
import { partsOf } from './card/parts.ts'
import { dayOf, employmentJson } from './companies.queries.ts'
import { asWritten } from './identity/as-written.ts'
import { findShown } from './identity/merges.queries.ts'

type PersonRow = Omit<Person, 'identities' | 'can'> & { identities: Told<Identity>[] }
type CardRow = PersonRow &
  ToldParts & {
    employments: Employment[]
    likenesses: Likeness[]
  }

/** `members` = ids of all cards that are shown as `p`. */
const personColumns = (
  members: RawBuilder<unknown>,
) => sql`p.id, p.name, p.first_name as "firstName", p.last_name as "lastName", p.middle_name as "middleName", p.stage,
  p.owner_id as "ownerId", p.locale, p.time_zone as "timeZone", p.city,
  p.address_form as "addressForm", p.preferred_channel as "preferredChannel", p.best_time as "bestTime", p.birthday, p.note, p.custom, p.origin,
  p.created_at as "createdAt", p.updated_at as "updatedAt",
  (select coalesce(json_agg(held), '[]') from (
    select i.id, i.kind, i.scope, i.value, i.proven, i.evidence, i.shared, i.person_id as "personId", i.first_seen_at as "firstSeenAt",
      i.last_seen_at as "lastSeenAt"
    from customers.identities i where i.workspace_id = p.workspace_id and i.person_id = any(${members})
    order by i.proven desc, i.first_seen_at, i.id) held) as identities`

/**
 * A person with everything that stands around the card. Who was joined to another is answered with that one's card. Who is shown is asked for
 * first: as a condition on what another statement finds, PostgreSQL reads all people.
 */
export async function findCard(tx: Tx, id: string): Promise<Omit<PersonCard, 'can'> | undefined> {
  const shown = await findShown(tx, id)
  return shown && readCard(tx, shown)
}

/** The card of a person who was opened in this transaction, and so is joined to nobody. */
export const findNewCard = (tx: Tx, id: string) => readCard(tx, { id, members: [id] })

async function readCard(
  tx: Tx,
  shown: { id: string; members: string[] },
): Promise<Omit<PersonCard, 'can'> | undefined> {
  const members = allOf(shown.members)
  const { rows } = await keepPlan(sql<CardRow>`
    select ${personColumns(members)},
      (select coalesce(json_agg(${employmentJson} order by coalesce(e.until <= day.today, false), lower(c.name), c.id), '[]') from (
          select distinct on (e.company_id) e.* from customers.employments e
          where e.workspace_id = p.workspace_id and e.person_id = any(${members})
          order by e.company_id, e.person_id = p.id desc) e
        join customers.companies c on c.workspace_id = e.workspace_id and c.id = e.company_id
        cross join lateral (select p.*) s cross join ${dayOf(sql`p`)} day) as employments,
      ${partColumns(sql`p`, members)},
      ${openLikenesses(members)} as likenesses
    from customers.people p where p.workspace_id = ${tx.workspaceId} and p.id = ${shown.id}`).execute(tx.db)
  const row = rows[0]
  if (!row) return undefined
  const { employments, likenesses } = row
  return {
    ...withDates(row),
    employments,
    likenesses: readable(likenesses, row.name),
    mergedCount: shown.members.length - 1,
    ...partsOf(row),
  }
}

/**
 * Other shown cards that may be the same person as `p`, likeliest first. Pairs of cards that are joined to these count as theirs; those that
 * were weighed and found different are left out.
 */
const openLikenesses = (members: RawBuilder<unknown>) => sql`(
  select coalesce(json_agg(json_build_object('personId', other.id, 'name', other.name, 'reasons', pair.reasons, 'probability', pair.probability,
      'evidence', pair.evidence) order by pair.probability desc nulls last, jsonb_array_length(pair.reasons) desc, other.id), '[]')
  from (
    select distinct on (coalesce(person.shown_as, person.id)) coalesce(person.shown_as, person.id) as id, pair.reasons, pair.probability, pair.evidence
    from (
      select other_id as id, reasons, probability, evidence, state, verdict from customers.likenesses
        where workspace_id = p.workspace_id and person_id = any(${members})
      union all
      select person_id, reasons, probability, evidence, state, verdict from customers.likenesses
        where workspace_id = p.workspace_id and other_id = any(${members})
    ) pair join customers.people person on person.workspace_id = p.workspace_id and person.id = pair.id
    where pair.state = 'open' and pair.verdict is distinct from 'no'
    order by coalesce(person.shown_as, person.id), pair.probability desc nulls last
  ) pair join customers.people other on other.workspace_id = p.workspace_id and other.id = pair.id
  where other.id <> p.id)`

const readable = (likenesses: Likeness[], own: string): Likeness[] =>
  likenesses.map((one) => ({ ...one, evidence: asWritten(one.evidence, [own, one.name]) }))

/** Null when there is no such person. */
export async function findLikenesses(tx: Tx, id: string): Promise<Likeness[] | null> {
  const shown = await findShown(tx, id)
  if (!shown) return null
  const { rows } = await sql<{ name: string; likenesses: Likeness[] }>`
    select p.name, ${openLikenesses(sql`${shown.members}::uuid[]`)} as likenesses
    from customers.people p where p.workspace_id = ${tx.workspaceId} and p.id = ${shown.id}`.execute(tx.db)
  return rows[0] ? readable(rows[0].likenesses, rows[0].name) : null
}

const withDates = (row: PersonRow): Omit<Person, 'can'> => ({
  ...row,
  identities: row.identities.map((one) => ({
    ...one,
    firstSeenAt: new Date(one.firstSeenAt),
    lastSeenAt: new Date(one.lastSeenAt),
  })),
})
