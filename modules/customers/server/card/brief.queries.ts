import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { findLikenesses } from '../cards.queries.ts'
import { isTimeZone } from './birthday.ts'
import type { BriefFacts } from './brief.ts'

type OwnFacts = Pick<
  BriefFacts,
  'timeZone' | 'nameIsStandIn' | 'birthday' | 'hasEmail' | 'hasPhone' | 'hasConsent' | 'likeness'
>

/** What the card itself says for the brief of a shown person. */
export async function findBriefFacts(tx: Tx, id: string): Promise<OwnFacts> {
  const { rows } = await sql<Omit<OwnFacts, 'likeness' | 'timeZone'> & { ownZone: string | null; companyZone: string }>`
    select p.time_zone as "ownZone", w.time_zone as "companyZone",
      p.name_is_stand_in as "nameIsStandIn", p.birthday,
      exists(select from customers.identities i where i.workspace_id = p.workspace_id and i.person_id = any(members.ids) and i.kind = 'email') as "hasEmail",
      exists(select from customers.identities i where i.workspace_id = p.workspace_id and i.person_id = any(members.ids) and i.kind = 'phone') as "hasPhone",
      exists(select from customers.consents k where k.workspace_id = p.workspace_id and k.person_id = any(members.ids)
        and k.purpose = 'personal_data' and k.withdrawn_at is null) as "hasConsent"
    from customers.people p join platform.workspaces w on w.id = p.workspace_id
    cross join lateral (select array(select p.id union all select hidden.id from customers.people hidden
      where hidden.workspace_id = p.workspace_id and hidden.shown_as = p.id) as ids offset 0) members
    where p.workspace_id = ${tx.workspaceId} and p.id = ${id}`.execute(tx.db)
  const [row] = rows
  if (!row) throw new Error(`Person ${id} was there a moment ago.`)
  const [likeness] = (await findLikenesses(tx, id)) ?? []
  const { ownZone, companyZone, ...facts } = row
  const timeZone = isTimeZone(ownZone) ? ownZone : companyZone
  return { ...facts, timeZone, likeness: likeness ? { personId: likeness.personId, name: likeness.name } : null }
}
