import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { SharedAddress } from '../../contract/shared-addresses.ts'

/** An address that stands on several cards, with those who hold it by name. */
export type CommonAddress = SharedAddress

/** So many holders are shown; a switchboard may stand on thousands of cards. */
const MAX_HOLDERS = 20

/**
 * Addresses of two people or more about which nobody has decided, in the order of kind and value. Addresses are walked along the index that holds
 * every card once; `seen` = where the walk ended, null at its end.
 */
export async function findCommonAddresses(
  tx: Tx,
  { after, limit }: { after: { kind: string; value: string } | null; limit: number },
): Promise<{ found: CommonAddress[]; seen: { kind: string; value: string } | null }> {
  const { rows } = await sql<CommonAddress & { isOpen: boolean }>`
    with common as materialized (
      select i.kind, i.value from customers.identities i
      where i.workspace_id = ${tx.workspaceId} and i.kind in ('email', 'phone') and i.scope = ''
        and (i.kind, i.scope, i.value) > (${after?.kind ?? ''}, '', ${after?.value ?? ''})
      group by i.kind, i.scope, i.value having count(*) > 1 order by i.kind, i.scope, i.value limit ${limit}
    )
    select c.kind, c.value, held."identityId", held."personId", held.count, held.holders,
      not held.is_decided and held.count > 1 as "isOpen"
    from common c cross join lateral (
      select bool_or(i.shared or i.is_single) as is_decided, count(distinct p.id)::int as count,
        (array_agg(i.id order by i.id))[1] as "identityId", (array_agg(p.id order by i.id))[1] as "personId",
        (array_agg(distinct jsonb_build_object('personId', p.id, 'name', p.name, 'proven', i.proven, 'lastSeenAt', i.last_seen_at))
          )[:${sql.lit(MAX_HOLDERS)}] as holders
      from customers.identities i
      join customers.people own on own.workspace_id = i.workspace_id and own.id = i.person_id
      join customers.people p on p.workspace_id = own.workspace_id and p.id = coalesce(own.shown_as, own.id)
      where i.workspace_id = ${tx.workspaceId} and i.kind = c.kind and i.scope = '' and i.value = c.value
    ) held
    order by c.kind, c.value`.execute(tx.db)
  const last = rows.at(-1)
  return {
    found: rows.flatMap(({ isOpen, ...address }) => (isOpen ? [address] : [])),
    seen: last && rows.length === limit ? { kind: last.kind, value: last.value } : null,
  }
}
