import type { Database } from '#platform/server/database'
import { hashOfKey } from './authentication.ts'
import { replaceFixedKey } from './keys.queries.ts'
import { findFirstAdministrator } from './operators.queries.ts'

/** Makes OKNO_API_KEY the key of the first administrator: only its hash is kept, and an earlier one stops working. */
export async function keepFixedKey(database: Database, key: string | undefined): Promise<void> {
  await database.system(async (tx) => {
    const admin = await findFirstAdministrator(tx)
    await replaceFixedKey(tx, admin && key ? { userId: admin.userId, hash: hashOfKey(key) } : undefined)
  })
}
