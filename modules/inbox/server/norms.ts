import type { Tx } from '#platform/server/database'
import type { Norms } from './conversation.ts'
import { findSettings } from './settings.queries.ts'
import type { Access } from './uses.ts'

/** The workspace's promises, with the time zone in which its hours are meant. */
export async function normsOf(tx: Tx, access: Pick<Access, 'businessWorkspace'>): Promise<Norms> {
  const { timeZone } = await access.businessWorkspace(tx)
  return { ...(await findSettings(tx)), timeZone }
}
