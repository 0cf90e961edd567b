import type { Tx } from '#platform/server/database'
import { Problem } from '#platform/shared/problems'
import type { Customers } from './uses.ts'

/** True when the person's data may be used to write to them. */
export const mayBeWritten = async (
  tx: Tx,
  customers: Pick<Customers, 'summaries'>,
  personId: string,
): Promise<boolean> => (await customers.summaries(tx, [personId])).get(personId)?.isRestricted !== true

/**
 * Refuses to write to somebody whose data is restricted or erased.
 * @throws Problem `inbox.person_restricted` (409)
 */
export async function assertMayWrite(tx: Tx, customers: Pick<Customers, 'summaries'>, personId: string): Promise<void> {
  if (await mayBeWritten(tx, customers, personId)) return
  throw new Problem('inbox.person_restricted', 409, 'The data of this person is restricted: nothing is sent to them.')
}
