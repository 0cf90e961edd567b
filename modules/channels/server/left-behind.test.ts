import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '#platform/server/database'
import { newId } from '#platform/shared/ids'
import { openChannels, type TestChannels } from '../../../tests/support/channels.ts'
import type { Account } from '../contract/accounts.ts'
import type { ChangeDelivery } from './change-delivery.ts'
import type { ChannelMetrics } from './channel-metrics.ts'
import { createSender } from './deliver.ts'
import { updateDeliveries } from './deliveries.queries.ts'
import type { OpenAccounts } from './open-accounts.ts'
import { settleAbandoned } from './settle-abandoned.ts'

/** Nothing is sent or swept here but by the test. */
let okno: TestChannels
let account: Account

beforeAll(async () => {
  okno = await openChannels({ env: { OKNO_ROLES: 'web' } })
  account = await okno.account({ kind: 'api', name: 'Shop' })
})
afterAll(async () => await okno.close())

async function queued(): Promise<string> {
  const messageId = newId()
  const draft = { messageId, accountId: account.id, lane: messageId, fileIds: [], references: [], text: 'Да', to: 'c' }
  await okno.platform.transaction(okno.workspaceId, (tx) => okno.channels.enqueueDelivery(tx, draft))
  return messageId
}
const stateOf = async (id: string) =>
  (await okno.rows('select state from channels.deliveries where id = $1', [id]))[0]?.state

/** Stores new states and tells nobody. */
const change: ChangeDelivery = (tx, changed) =>
  updateDeliveries(
    tx,
    changed.map(({ delivery, to }) => ({ nextTryAt: null, ...to, id: delivery.id })),
  )
const accounts = {
  open: () => ({ capabilities: {}, receive: { mode: 'hosted' }, send: async ({ id }: { id: string }) => ({ id }) }),
  capabilitiesOf: () => ({ idempotentSend: false }),
  idOf: () => null,
} as unknown as OpenAccounts // only what a sender asks for
const unmeasured = new Proxy({}, { get: () => ({ startTimer: () => () => 0, observe: () => 0, inc: () => 0 }) })

test('a message that was claimed while the process stops is sent and recorded before it has stopped', async () => {
  const id = await queued()
  const claimed = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const transaction = async <Result>(workspaceId: string, work: (tx: Tx) => Promise<Result>) => {
    const result = await okno.platform.transaction(workspaceId, work)
    claimed.resolve()
    await goOn.promise
    return result
  }
  const platform = Object.create(okno.platform, { transaction: { value: transaction } })
  const sender = createSender(platform, { accounts, change, metrics: unmeasured as ChannelMetrics })
  sender.start()
  sender.wake({ workspaceId: okno.workspaceId, accountId: account.id })
  await claimed.promise

  const stopped = sender.stop()
  goOn.resolve()
  await stopped

  expect(await stateOf(id)).toBe('sent')
})

test('one message that cannot be settled stops neither the others nor the sweep', async () => {
  const [bad, good] = [await queued(), await queued()]
  await okno.rows(
    `update channels.deliveries set state = 'sending', lease_until = now() - interval '1 second' where id = any($1)`,
    [[bad, good]],
  )
  const settle = settleAbandoned(okno.platform, {
    accounts,
    change: async (tx, changed) => {
      if (changed.some(({ delivery }) => delivery.id === bad)) throw new Error('A bug.')
      await change(tx, changed)
    },
  })

  await settle()

  expect([await stateOf(bad), await stateOf(good)]).toEqual(['sending', 'unknown'])
})
