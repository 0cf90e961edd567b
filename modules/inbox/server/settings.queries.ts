import type { Tx } from '#platform/server/database'
import type { InboxSettings } from '../contract/index.ts'

const WORKDAY: [string, string][] = [['09:00', '18:00']]

/** The norms of a workspace that has not chosen its own: an answer within an hour, never after a day; Monday to Friday, nine to six. */
const PRESET: InboxSettings = {
  firstAnswerMinutes: 60,
  nextAnswerMinutes: 60,
  limitMinutes: 1440,
  reopenDays: 7,
  businessHours: {
    mon: WORKDAY,
    tue: WORKDAY,
    wed: WORKDAY,
    thu: WORKDAY,
    fri: WORKDAY,
    sat: [],
    sun: [],
    holidays: [],
  },
}

export async function findSettings(tx: Tx): Promise<InboxSettings> {
  const row = await tx.db
    .selectFrom('inbox.settings')
    .select([
      'first_answer_minutes as firstAnswerMinutes',
      'next_answer_minutes as nextAnswerMinutes',
      'limit_minutes as limitMinutes',
      'reopen_days as reopenDays',
      'business_hours as businessHours',
    ])
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return row ?? PRESET
}

export async function saveSettings(tx: Tx, settings: InboxSettings): Promise<void> {
  const row = {
    first_answer_minutes: settings.firstAnswerMinutes,
    next_answer_minutes: settings.nextAnswerMinutes,
    limit_minutes: settings.limitMinutes,
    reopen_days: settings.reopenDays,
    business_hours: JSON.stringify(settings.businessHours),
  }
  await tx.db
    .insertInto('inbox.settings')
    .values({ workspace_id: tx.workspaceId, ...row })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(row))
    .execute()
}
