import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { CandidateSide } from '../../contract/identity.ts'

export type Side = CandidateSide & { readonly nameIsStandIn: boolean }

/** Cards as they stand side by side before a decision. */
export async function findSides(tx: Tx, ids: readonly string[]): Promise<Map<string, Side>> {
  if (ids.length === 0) return new Map()
  type Told = Omit<Side, 'identities'> & {
    identities: (Omit<Side['identities'][number], 'firstSeenAt' | 'lastSeenAt'> & {
      firstSeenAt: string
      lastSeenAt: string
    })[]
  }
  const { rows } = await sql<Told>`
    select p.id, p.name, p.name_is_stand_in as "nameIsStandIn", p.first_name as "firstName", p.last_name as "lastName",
      p.middle_name as "middleName", p.stage, p.owner_id as "ownerId", p.locale, p.time_zone as "timeZone", p.city, p.address_form as "addressForm",
      p.preferred_channel as "preferredChannel", p.best_time as "bestTime", p.birthday, p.note, p.custom, p.origin,
      p.created_at as "createdAt",
      (select coalesce(json_agg(json_build_object('id', i.id, 'kind', i.kind, 'scope', i.scope, 'value', i.value, 'proven', i.proven,
          'shared', i.shared, 'personId', i.person_id, 'evidence', i.evidence, 'firstSeenAt', i.first_seen_at, 'lastSeenAt', i.last_seen_at)
          order by i.proven desc, i.first_seen_at, i.id), '[]')
        from customers.identities i where i.workspace_id = p.workspace_id and i.person_id = any(array(select p.id union all
          select h.id from customers.people h where h.workspace_id = p.workspace_id and h.shown_as = p.id))) as identities
    from customers.people p where p.workspace_id = ${tx.workspaceId} and p.id = any(${ids}::uuid[])`.execute(tx.db)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        identities: row.identities.map((one) => ({
          ...one,
          firstSeenAt: new Date(one.firstSeenAt),
          lastSeenAt: new Date(one.lastSeenAt),
        })),
      },
    ]),
  )
}
