import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '#platform/server/database'
import { newId } from '#platform/shared/ids'
import { openChannels, type TestChannels } from '../../../tests/support/channels.ts'
import type { Account } from '../contract/accounts.ts'
import type { ChangedDelivery } from './change-delivery.ts'
import { insertDelivery } from './deliveries.queries.ts'
import { DeliveryNotRecordedYet, recordDeliveryFact } from './record-delivery-fact.ts'

let okno: TestChannels
let account: Account

beforeAll(async () => {
  okno = await openChannels()
  account = await okno.account({ kind: 'api', name: 'Shop' })
})
afterAll(async () => await okno.close())

/** A message that is being sent by a process that does not come to record it, unless the test does. */
async function sending(): Promise<string> {
  const id = newId()
  await okno.platform.transaction(okno.workspaceId, (tx) =>
    insertDelivery(tx, {
      id,
      accountId: account.id,
      lane: id,
      at: new Date(Date.now() + 3_600_000),
      message: { messageId: id, text: 'Yes', fileIds: [], references: [], to: 'm' } as never, // only kept here
    }),
  )
  await okno.rows(
    `update channels.deliveries set state = 'sending', lease_until = now() + interval '1 hour' where id = $1`,
    [id],
  )
  return id
}

const recordSent = (id: string) =>
  okno.rows(`update channels.deliveries set state = 'sent', lease_until = null, provider_id = $1 where id = $2`, [
    `provider ${id}`,
    id,
  ])

/** Takes a receipt of a message; `afterFirstLook` happens when its first statement was answered. */
async function takeReceipt(
  id: string,
  { isLastTry = false, afterFirstLook }: { isLastTry?: boolean; afterFirstLook?: () => Promise<unknown> } = {},
): Promise<ChangedDelivery[]> {
  const changes: ChangedDelivery[] = []
  const record = recordDeliveryFact(async (_tx, changed) => void changes.push(...changed))
  let between = afterFirstLook
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      const now = between
      between = undefined
      await now?.()
      return result
    },
  }
  await okno.platform.transaction(okno.workspaceId, (tx) => {
    const watched: Tx = Object.create(tx, { db: { value: tx.db.withPlugin(plugin) } })
    const fact = { type: 'delivery', id: `provider ${id}`, state: 'read' } as const
    return record(watched, { workspaceId: okno.workspaceId, accountId: account.id }, fact, { isLastTry })
  })
  return changes
}

test('a receipt faster than our own "sent" waits for it', async () => {
  const id = await sending()

  await expect(takeReceipt(id)).rejects.toThrow(DeliveryNotRecordedYet)

  await recordSent(id)
  expect(await takeReceipt(id)).toMatchObject([{ delivery: { id }, to: { state: 'read' } }])
})

test('a message recorded as sent between two looks is found all the same', async () => {
  const id = await sending()

  expect(await takeReceipt(id, { afterFirstLook: () => recordSent(id) })).toMatchObject([{ delivery: { id } }])
})

test('a receipt of a message that is not ours ends its waiting, whatever is under way', async () => {
  await sending()

  expect(await takeReceipt(newId(), { isLastTry: true })).toEqual([])
})
