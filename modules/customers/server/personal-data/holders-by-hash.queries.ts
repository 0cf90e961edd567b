import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Secrets } from '#platform/server/secrets'
import { identityHash } from './identity-hash.ts'

const PORTION = 10_000

/** Cards that hold an identity with one of these hashes (base64url). Every identity of the workspace is hashed: only the key's holder can. */
export async function findHoldersByHash(tx: Tx, secrets: Secrets, hashes: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = []
  if (hashes.size === 0) return found
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: { id: string; personId: string; kind: string; value: string }[] } = await sql<{
      id: string
      personId: string
      kind: string
      value: string
    }>`
      select id, person_id as "personId", kind, value from customers.identities where workspace_id = ${tx.workspaceId}
        ${after === null ? sql`` : sql`and id > ${after}::uuid`} order by id limit ${PORTION}`.execute(tx.db)
    for (const { personId, ...key } of rows)
      if (hashes.has(identityHash(secrets, key).toString('base64url'))) found.push(personId)
    after = rows.at(-1)?.id ?? null
    if (rows.length < PORTION || after === null) return found
  }
}
