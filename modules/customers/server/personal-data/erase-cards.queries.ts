import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { ErasedRows, Subject } from '#platform/server/personal-data'

/** Values of timeline entries that reports count by, and that tell nothing of who it was. */
const COUNTED = [
  'from',
  'to',
  'purpose',
  'textVersion',
  'number',
  'origin',
  'accountId',
  'operatorId',
  'mergeId',
  'hiddenId',
]

/** Empties cards and everything that stands around them. The rows of people, of their history and of their consents stay, nameless. */
export async function eraseCards(tx: Tx, { cards, words }: Subject, name: string, at: Date): Promise<ErasedRows> {
  const ids = sql`any(${[...cards]}::uuid[])`
  const here = sql`workspace_id = ${tx.workspaceId}`
  const run = async (statement: ReturnType<typeof sql>) => Number((await statement.execute(tx.db)).numAffectedRows ?? 0)
  // Before the names go: what companies keep of who came and left names them.
  const companyTimeline = await run(sql`
    delete from customers.company_timeline told where ${here} and (person_id = ${ids} or person_id is null
      and company_id in (select e.company_id from customers.employments e where e.workspace_id = told.workspace_id and e.person_id = ${ids})
      and data ->> 'name' in (select p.name from customers.people p where p.workspace_id = told.workspace_id and p.id = ${ids}))`)
  return {
    'customers.company_timeline': companyTimeline,
    'customers.people': await run(sql`
      update customers.people set name = ${name}, name_is_stand_in = false, first_name = null, last_name = null, middle_name = null,
        locale = null, time_zone = null, city = null, note = '', custom = '{}', address_form = null, preferred_channel = null,
        best_time = null, birthday = null, photo_id = null, restricted_at = null, restricted_reason = null,
        erased_at = ${at}, updated_at = ${at}
      where ${here} and id = ${ids}`),
    'customers.identities': await run(sql`delete from customers.identities where ${here} and person_id = ${ids}`),
    'customers.employments': await run(sql`delete from customers.employments where ${here} and person_id = ${ids}`),
    'customers.household_members': await run(
      sql`delete from customers.household_members where ${here} and person_id = ${ids}`,
    ),
    'customers.preferences': await run(sql`delete from customers.preferences where ${here} and person_id = ${ids}`),
    'customers.notes': await run(sql`delete from customers.notes where ${here} and person_id = ${ids}`),
    'customers.relations': await run(
      sql`delete from customers.relations where ${here} and (person_id = ${ids} or other_id = ${ids})`,
    ),
    'customers.tasks': await run(sql`
      update customers.tasks set title = '–', done_at = coalesce(done_at, ${at}), due_at = null where ${here} and person_id = ${ids}`),
    'customers.person_files': await run(sql`delete from customers.person_files where ${here} and person_id = ${ids}`),
    'customers.likenesses': await run(
      sql`delete from customers.likenesses where ${here} and (person_id = ${ids} or other_id = ${ids})`,
    ),
    'customers.match_keys': await run(sql`delete from customers.match_keys where ${here} and person_id = ${ids}`),
    'customers.match_cards': await run(sql`delete from customers.match_cards where ${here} and person_id = ${ids}`),
    'customers.merges': await run(
      sql`update customers.merges set taken = '{}', evidence = '[]' where ${here} and (kept_id = ${ids} or hidden_id = ${ids})`,
    ),
    'customers.timeline': await run(sql`
      update customers.timeline set
        data = (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(data) where key = any(${COUNTED}::text[])),
        once = case when exists (select from unnest(${[...words]}::text[]) as word where position(word in lower(once)) > 0) then null else once end
      where ${here} and person_id = ${ids}`),
    'customers.consents': await run(sql`
      update customers.consents set source = '', withdrawn_source = null, withdrawn_reason = null, text = case when
        exists (select from unnest(${[...words]}::text[]) as word where position(word in lower(text)) > 0) then '' else text end
      where ${here} and person_id = ${ids}`),
  }
}

/** Files of the cards: those laid to them and their photos, also those that were taken off again. */
export async function findFilesOf(tx: Tx, { cards }: Subject): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select f.id from platform.files f where f.workspace_id = ${tx.workspaceId} and f.id in (
      select (details ->> 'objectId')::uuid from platform.audit_log
      where workspace_id = ${tx.workspaceId} and object = 'person' and object_id = any(${[...cards]}::uuid[])
        and action in ('customers.file_added', 'customers.photo_changed')
      union all select file_id from customers.person_files where workspace_id = ${tx.workspaceId} and person_id = any(${[...cards]}::uuid[])
      union all select photo_id from customers.people where workspace_id = ${tx.workspaceId} and id = any(${[...cards]}::uuid[]))`.execute(
    tx.db,
  )
  return rows.map(({ id }) => id)
}

/** Everything that the cards hold, as it is told to the person. */
export async function tellCards(tx: Tx, { cards }: Subject): Promise<Record<string, Record<string, unknown>[]>> {
  const ids = sql`any(${[...cards]}::uuid[])`
  const here = sql`workspace_id = ${tx.workspaceId}`
  const told = async (statement: ReturnType<typeof sql<Record<string, unknown>>>) =>
    (await statement.execute(tx.db)).rows.map((row) => ({ ...row }))
  return {
    cards: await told(sql`
      select id, name, first_name as "firstName", last_name as "lastName", middle_name as "middleName", stage, locale, time_zone as "timeZone",
        city, note, custom, origin, birthday, address_form as "addressForm", preferred_channel as "preferredChannel",
        best_time as "bestTime", created_at as "createdAt", updated_at as "updatedAt", restricted_at as "restrictedAt"
      from customers.people where ${here} and id = ${ids} order by created_at`),
    identities: await told(sql`
      select kind, value, proven, evidence, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt"
      from customers.identities where ${here} and person_id = ${ids} order by first_seen_at`),
    companies: await told(sql`
      select c.name as company, e.position, e.roles, e.since, e.until
      from customers.employments e join customers.companies c on c.workspace_id = e.workspace_id and c.id = e.company_id
      where e.workspace_id = ${tx.workspaceId} and e.person_id = ${ids}`),
    household: await told(sql`
      select part from customers.household_members where ${here} and person_id = ${ids}`),
    consents: await told(sql`
      select purpose, text_version as "textVersion", text, source, given_at as "givenAt", withdrawn_at as "withdrawnAt"
      from customers.consents where ${here} and person_id = ${ids} order by given_at`),
    preferences: await told(sql`
      select channel, purpose, is_welcome as "isWelcome", per_month as "perMonth", changed_at as "changedAt"
      from customers.preferences where ${here} and person_id = ${ids}`),
    notes: await told(sql`
      select text, operator_name as "operatorName", created_at as "createdAt" from customers.notes where ${here} and person_id = ${ids}
      order by created_at`),
    tasks: await told(sql`
      select title, due_at as "dueAt", done_at as "doneAt", operator_name as "operatorName", created_at as "createdAt"
      from customers.tasks where ${here} and person_id = ${ids} order by created_at`),
    relations: await told(sql`
      select kind, note, created_at as "createdAt" from customers.relations where ${here} and (person_id = ${ids} or other_id = ${ids})`),
    timeline: await told(sql`
      select at, kind, data from customers.timeline where ${here} and person_id = ${ids} order by at`),
    likenesses: await told(sql`
      select reasons, probability, state, found_at as "foundAt" from customers.likenesses where ${here} and (person_id = ${ids} or other_id = ${ids})`),
    merges: await told(sql`
      select operator_name as "operatorName", merged_at as "mergedAt", undone_at as "undoneAt" from customers.merges
      where ${here} and (kept_id = ${ids} or hidden_id = ${ids}) order by merged_at`),
  }
}
