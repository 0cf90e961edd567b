import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { ErasedRows } from '#platform/server/personal-data'
import type { Mention } from '#platform/server/personal-data.queries'
import { type Page, toPage } from '#platform/shared/page'
import type { Erasure, KeptErasure } from '../../contract/personal-data.ts'
import { readCursor } from '../cursor.ts'

export async function insertErasure(
  tx: Tx,
  erasure: {
    id: string
    personId: string
    cards: readonly string[]
    at: Date
    operatorId: string | null
    operatorName: string
    ground: Erasure['ground']
    note: string
    counts: ErasedRows
    identities: readonly Buffer[]
  },
): Promise<void> {
  await tx.db
    .insertInto('customers.erasures')
    .values({
      workspace_id: tx.workspaceId,
      id: erasure.id,
      person_id: erasure.personId,
      cards: [...erasure.cards],
      erased_at: erasure.at,
      operator_id: erasure.operatorId,
      operator_name: erasure.operatorName,
      ground: erasure.ground,
      note: erasure.note,
      counts: JSON.stringify(erasure.counts),
      identities: [...erasure.identities],
      checked_at: null,
      mentions: null,
    })
    .execute()
}

const columns = sql`id, person_id as "personId", erased_at as "erasedAt", operator_name as "operatorName", ground, note, counts,
  cardinality(identities) as "identityCount", checked_at as "checkedAt", mentions`

/** Proofs, newest first. */
export async function listErasures(
  tx: Tx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<Erasure>> {
  const after = readCursor(cursor, 'instant')
  const { rows } = await sql<Erasure>`
    select ${columns} from customers.erasures where workspace_id = ${tx.workspaceId}
      ${after ? sql`and (erased_at, id) < (${after.value}::timestamptz, ${after.id}::uuid)` : sql``}
    order by erased_at desc, id desc limit ${limit + 1}`.execute(tx.db)
  return toPage(rows, limit, (row) => [row.erasedAt.toISOString(), row.id])
}

export async function findErasure(tx: Tx, id: string): Promise<Erasure | undefined> {
  const { rows } = await sql<Erasure>`
    select ${columns} from customers.erasures where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db)
  return rows[0]
}

/** Proofs that hold one of these hashes, newest first. */
export async function findErasuresOf(tx: Tx, hashes: readonly Buffer[]): Promise<Erasure[]> {
  const { rows } = await sql<Erasure>`
    select ${columns} from customers.erasures where workspace_id = ${tx.workspaceId} and identities && ${[...hashes]}::bytea[]
    order by erased_at desc limit 100`.execute(tx.db)
  return rows
}

/** All proofs in the form in which they are kept beside backups, oldest first. */
export async function findKept(tx: Tx): Promise<KeptErasure[]> {
  const { rows } = await sql<{ id: string; cards: string[]; erasedAt: Date; identities: Buffer[] }>`
    select id, cards, erased_at as "erasedAt", identities from customers.erasures where workspace_id = ${tx.workspaceId}
    order by erased_at, id`.execute(tx.db)
  return rows.map(({ erasedAt, identities, ...row }) => ({
    ...row,
    erasedAt: erasedAt.toISOString(),
    identities: identities.map((hash) => hash.toString('base64url')),
  }))
}

export const saveCheck = (tx: Tx, id: string, mentions: readonly Mention[], at: Date) =>
  sql`update customers.erasures set checked_at = ${at}, mentions = ${JSON.stringify(mentions)}::jsonb
    where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db)

/** Cards of these that are there and were not erased. */
export async function findUnerased(tx: Tx, cards: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from customers.people where workspace_id = ${tx.workspaceId} and id = any(${[...cards]}::uuid[]) and erased_at is null`.execute(
    tx.db,
  )
  return rows.map(({ id }) => id)
}
