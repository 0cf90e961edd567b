import type { Tx } from '#platform/server/database'
import { Problem } from '#platform/shared/problems'
import { isAnyClosed } from './standing.queries.ts'

/**
 * Before anybody changes, joins or moves something of these cards.
 * @throws Problem `customers.restricted`, `customers.erased` (409)
 */
export async function assertOpen(tx: Tx, ids: readonly string[]): Promise<void> {
  const closed = await isAnyClosed(tx, ids)
  if (closed === 'restricted')
    throw new Problem(
      'customers.restricted',
      409,
      'The data of this person is restricted: it may be read, not changed.',
    )
  if (closed === 'erased') throw new Problem('customers.erased', 409, 'The data of this person was erased.')
}
