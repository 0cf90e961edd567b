import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { PersonalDataPage, PersonalDataPart, Subject } from '#platform/server/personal-data'

/** Deliveries that told of the person: what was sent holds an id of a card, or a word that means the person. */
const about = (tx: Tx, { cards, words }: Subject) => sql`(
  select id from integrations.deliveries d where d.workspace_id = ${tx.workspaceId} and exists (
    select from unnest(${[...cards, ...words]}::text[]) as word
    where position(word in lower(d.body)) > 0 or position(word in lower(d.data::text)) > 0 or position(word in lower(d.changes::text)) > 0))`

async function* tell(tx: Tx, subject: Subject): AsyncIterable<PersonalDataPage> {
  const { rows } = await sql<Record<string, unknown>>`
    select w.name as webhook, d.type, d.occurred_at as "occurredAt", d.state, d.body
    from integrations.deliveries d join integrations.webhooks w on w.workspace_id = d.workspace_id and w.id = d.webhook_id
    where d.workspace_id = ${tx.workspaceId} and d.id in ${about(tx, subject)} order by d.occurred_at`.execute(tx.db)
  if (rows.length > 0) yield { section: 'webhooks', rows }
}

/** What other systems were told of people. The bodies go; that something was told, when and to whom stays. */
export const webhookPersonalData: PersonalDataPart = {
  name: 'integrations',
  tables: {
    'integrations.deliveries': 'stay without what was sent and what changed; what waits tells of the erased card',
    'integrations.attempts': 'stay without what was answered',
  },
  tell,
  erase: async (tx, subject) => {
    const attempts = await sql`
      update integrations.attempts set answer = '', reason = null
      where workspace_id = ${tx.workspaceId} and delivery_id in ${about(tx, subject)}`.execute(tx.db)
    const deliveries = await sql`
      update integrations.deliveries set body = null, reason = null, changes = null
      where workspace_id = ${tx.workspaceId} and id in ${about(tx, subject)}`.execute(tx.db)
    return {
      'integrations.attempts': Number(attempts.numAffectedRows ?? 0),
      'integrations.deliveries': Number(deliveries.numAffectedRows ?? 0),
    }
  },
}
