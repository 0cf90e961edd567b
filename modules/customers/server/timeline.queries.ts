import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { keepPlan } from '#platform/server/kept-plans'
import { within } from './company-timeline.queries.ts'

export interface NewTimelineEntry {
  personId: string
  at: Date
  /** `module.fact_happened`: the module that records it draws it. */
  kind: string
  object?: string
  objectId?: string
  data?: Record<string, unknown>
  /** The same fact recorded twice is one entry. */
  once?: string
}

/**
 * Records entries of any people with one statement; what was recorded under the same `once` stays as it is. The companies where any card of
 * such a person works have it in their timelines too.
 */
export async function insertTimelineEntries(tx: Tx, entries: readonly NewTimelineEntry[]): Promise<void> {
  if (entries.length === 0) return
  await keepPlan(sql`
    with entry as (
    insert into customers.timeline (workspace_id, person_id, at, kind, object, object_id, data, once)
    select ${tx.workspaceId}, "personId", at, kind, object, "objectId", coalesce(data, '{}'), once
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as given ("personId" uuid, at timestamptz, kind text, object text, "objectId" uuid, data jsonb, once text)
    on conflict (workspace_id, person_id, once) where once is not null do nothing
    returning workspace_id, id, person_id, at
    )
    insert into customers.company_timeline (workspace_id, company_id, at, id, person_id)
    select distinct entry.workspace_id, e.company_id, entry.at, entry.id, entry.person_id
    from entry
    join customers.people writer on writer.workspace_id = entry.workspace_id and writer.id = entry.person_id
    cross join lateral (
      select coalesce(writer.shown_as, writer.id) as id
      union all
      select id from customers.people where workspace_id = entry.workspace_id and shown_as = coalesce(writer.shown_as, writer.id)
    ) member
    join customers.employments e on e.workspace_id = entry.workspace_id and e.person_id = member.id
    where ${within(sql`e`, sql`entry.at`)}
    on conflict do nothing`).execute(tx.db)
}

export const insertTimelineEntry = (tx: Tx, entry: NewTimelineEntry): Promise<void> =>
  insertTimelineEntries(tx, [entry])
