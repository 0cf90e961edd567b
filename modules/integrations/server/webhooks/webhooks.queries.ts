import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { ReasonCode, WebhookState } from '../../contract/index.ts'
import '../tables.ts'

export interface WebhookRow {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly events: string[]
  readonly withObject: boolean
  readonly allowPrivateAddresses: boolean
  readonly state: WebhookState
  readonly offBecause: 'gone' | 'failing' | null
  /** Sealed. */
  readonly secret: string
  readonly oldSecret: string | null
  readonly oldSecretUntil: Date | null
  readonly failingSince: Date | null
  readonly lastReason: string | null
  readonly lastReasonCode: ReasonCode | null
  readonly lastTakenAt: Date | null
  readonly createdAt: Date
}

const COLUMNS = [
  'id',
  'name',
  'url',
  'events',
  'with_object as withObject',
  'allow_private as allowPrivateAddresses',
  'state',
  'off_because as offBecause',
  'secret',
  'old_secret as oldSecret',
  'old_secret_until as oldSecretUntil',
  'failing_since as failingSince',
  'last_reason as lastReason',
  'last_reason_code as lastReasonCode',
  'last_taken_at as lastTakenAt',
  'created_at as createdAt',
] as const

const select = (tx: Tx) =>
  tx.db.selectFrom('integrations.webhooks').select(COLUMNS).where('workspace_id', '=', tx.workspaceId)

/** All webhooks of the workspace, or those with these ids, oldest first. */
export async function findWebhooks(tx: Tx, ids?: readonly string[]): Promise<WebhookRow[]> {
  const query = ids ? select(tx).where(sql<boolean>`id = any(${[...ids]}::uuid[])`) : select(tx)
  return await query.orderBy('id').execute()
}

export async function findWebhook(tx: Tx, id: string): Promise<WebhookRow | undefined> {
  return await select(tx).where('id', '=', id).executeTakeFirst()
}

export async function lockWebhook(tx: Tx, id: string): Promise<WebhookRow | undefined> {
  return await select(tx).where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Deliveries that are not settled, by webhook. */
export async function countWaiting(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.db
    .selectFrom('integrations.deliveries')
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', 'in', ['queued', 'sending'])
    .select(['webhook_id as id', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('webhook_id')
    .execute()
  return new Map(rows.map(({ id, count }) => [id, count]))
}

type Settings = Pick<WebhookRow, 'id' | 'name' | 'url' | 'events' | 'withObject' | 'allowPrivateAddresses' | 'secret'>

export async function insertWebhook(tx: Tx, webhook: Settings): Promise<void> {
  await tx.db
    .insertInto('integrations.webhooks')
    .values({
      workspace_id: tx.workspaceId,
      id: webhook.id,
      name: webhook.name,
      url: webhook.url,
      events: webhook.events,
      with_object: webhook.withObject,
      allow_private: webhook.allowPrivateAddresses,
      secret: webhook.secret,
    })
    .execute()
}

export type WebhookChange = {
  readonly [Key in keyof Omit<WebhookRow, 'id' | 'createdAt'>]?: WebhookRow[Key] | undefined
}

export async function updateWebhook(tx: Tx, id: string, to: WebhookChange): Promise<void> {
  const values = {
    name: to.name,
    url: to.url,
    events: to.events,
    with_object: to.withObject,
    allow_private: to.allowPrivateAddresses,
    state: to.state,
    off_because: to.offBecause,
    secret: to.secret,
    old_secret: to.oldSecret,
    old_secret_until: to.oldSecretUntil,
    failing_since: to.failingSince,
    last_reason: to.lastReason,
    last_reason_code: to.lastReasonCode,
    last_taken_at: to.lastTakenAt,
  }
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  if (Object.keys(given).length === 0) return
  await tx.db
    .updateTable('integrations.webhooks')
    .set(given)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

/** False when there was none. Its log goes with it. */
export async function deleteWebhook(tx: Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('integrations.webhooks')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
