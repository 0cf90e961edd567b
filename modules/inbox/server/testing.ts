import { randomUUID } from 'node:crypto'
import { newId } from '#platform/shared/ids'
import type { TestOkno } from '../../../tests/support/platform.ts'
import type { Arrival, MessageFact } from './uses.ts'

/** Builders for the tests of this module. */

export type Account = Arrival['account']

/** An account of the API channel: it needs nobody outside. */
export async function anAccount(
  okno: TestOkno,
  { name = 'Shop', teamId = null as string | null } = {},
): Promise<Account> {
  const { status, body } = await okno.call('POST', '/accounts', { kind: 'api', name, teamId, config: {} })
  if (status >= 300) throw new Error(`No account: ${JSON.stringify(body)}`)
  return { id: body.id, kind: body.kind, name: body.name, teamId: body.teamId }
}

/** A message of a customer; a new one with every call. */
export const aMessage = (message: Partial<MessageFact> & { sender?: string } = {}): MessageFact => {
  const { sender = 'anna@example.test', ...rest } = message
  const id = randomUUID()
  return {
    type: 'message',
    id,
    threads: [id],
    direction: 'in',
    from: { address: sender, name: 'Анна Петрова', identities: [{ kind: 'email', value: sender, proven: true }] },
    to: [],
    sentAt: new Date(),
    text: 'Здравствуйте! Где мой заказ?',
    files: [],
    ...rest,
  }
}

export const anArrival = (account: Account, facts: Arrival['facts'], receivedAt = new Date()): Arrival => ({
  account,
  arrivalId: newId(),
  receivedAt,
  facts,
})

/** Conversations of the person with this address, as the API shows them, newest first. */
export async function conversationsOf(okno: TestOkno, address: string) {
  const { rows } = await okno.platform.database.pool.query(
    `select person_id from customers.identities where workspace_id = $1 and value = $2`,
    [okno.workspaceId, address],
  )
  if (rows.length === 0) return []
  const filter = encodeURIComponent(JSON.stringify({ personId: rows[0].person_id }))
  return (await okno.call('GET', `/conversations?sort=recent&filter=${filter}`)).body.items
}

/** The thread of a conversation as the API shows it. */
export const threadOf = async (okno: TestOkno, id: string) =>
  (await okno.call('GET', `/conversations/${id}/messages`)).body.items
