import type { Tx } from '#platform/server/database'
import type { Preference } from '../../contract/around.ts'

export interface StoredConsent {
  readonly personId: string
  readonly purpose: string
  readonly textVersion: number
  readonly text: string
  readonly source: string
  readonly at: Date
  readonly channel?: string | null
  readonly ground?: string | null
  readonly operatorId?: string | null
  readonly operatorName?: string | null
}

export async function insertConsent(tx: Tx, consent: StoredConsent): Promise<string> {
  const { id } = await tx.db
    .insertInto('customers.consents')
    .values({
      workspace_id: tx.workspaceId,
      person_id: consent.personId,
      purpose: consent.purpose,
      channel: consent.channel ?? null,
      text_version: consent.textVersion,
      text: consent.text,
      source: consent.source,
      ground: consent.ground ?? null,
      operator_id: consent.operatorId ?? null,
      operator_name: consent.operatorName ?? null,
      given_at: consent.at,
      withdrawn_at: null,
      withdrawn_source: null,
      withdrawn_reason: null,
      withdrawn_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export const lockConsent = (tx: Tx, id: string) =>
  tx.db
    .selectFrom('customers.consents')
    .select(['person_id as personId', 'purpose', 'channel', 'withdrawn_at as withdrawnAt'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const endConsent = (tx: Tx, id: string, how: { at: Date; source: string; reason: string | null; by: string }) =>
  tx.db
    .updateTable('customers.consents')
    .set({
      withdrawn_at: how.at,
      withdrawn_source: how.source,
      withdrawn_reason: how.reason,
      withdrawn_by: how.by,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()

export const savePreference = (tx: Tx, personId: string, wish: Preference) => {
  const values = {
    is_welcome: wish.isWelcome,
    per_month: wish.perMonth,
    changed_at: wish.changedAt,
    changed_by: wish.changedBy,
  }
  return tx.db
    .insertInto('customers.preferences')
    .values({
      workspace_id: tx.workspaceId,
      person_id: personId,
      channel: wish.channel,
      purpose: wish.purpose,
      ...values,
    })
    .onConflict((it) => it.columns(['workspace_id', 'person_id', 'channel', 'purpose']).doUpdateSet(values))
    .execute()
}

/** Of all cards that are shown as one. */
export const deletePreference = (
  tx: Tx,
  people: readonly string[],
  { channel, purpose }: Pick<Preference, 'channel' | 'purpose'>,
) =>
  tx.db
    .deleteFrom('customers.preferences')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', 'in', people)
    .where('channel', '=', channel)
    .where('purpose', '=', purpose)
    .execute()
