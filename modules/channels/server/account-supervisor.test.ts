import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openChannels, type TestChannels } from '../../../tests/support/channels.ts'
import { createAccountSupervisor } from './account-supervisor.ts'
import type { AccountRow } from './accounts.queries.ts'
import type { ChannelAccount } from './channel-adapter.ts'
import { NO_CAPABILITIES, type OpenAccounts } from './open-accounts.ts'

/** The supervisor also looks by itself, each 5 s: what comes before that was told. */
const SOONER_THAN_A_TICK_MS = 4_000

let okno: TestChannels
beforeAll(async () => {
  okno = await openChannels()
})
afterAll(() => okno.close())

/** Accounts named "listen…" hold a connection to an imagined provider, which counts who is connected. */
function aProvider() {
  const connected = new Map<string, number>()
  const sessions: string[] = []
  const health: string[] = []
  let isBroken = false
  const accounts: OpenAccounts = {
    open: (row: AccountRow): ChannelAccount => ({
      capabilities: NO_CAPABILITIES,
      verify: async () => ({ ok: true, isProven: true, address: '' }),
      normalise: () => [],
      send: () => Promise.reject(new Error('not used')),
      receive: row.name.startsWith('listen')
        ? {
            mode: 'connection',
            listen: async (accept, stop) => {
              if (isBroken) throw new Error('refused')
              connected.set(row.id, (connected.get(row.id) ?? 0) + 1)
              sessions.push(row.name)
              await accept({ key: `${row.name}`, receivedAt: new Date(), headers: {}, body: Buffer.from('{}') })
              if (!stop.aborted)
                await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }))
              connected.set(row.id, (connected.get(row.id) ?? 0) - 1)
            },
          }
        : { mode: 'hosted' },
    }),
    idOf: () => null,
    capabilitiesOf: () => NO_CAPABILITIES,
    looksRight: async () => {},
    setHealth: async (_ref, state) => void health.push(state),
    close: async () => undefined,
  }
  const supervise = (process: TestChannels) =>
    createAccountSupervisor(process.platform, { accounts, accept: process.channels.accept })
  const breakDown = (value: boolean) => {
    isBroken = value
  }
  return { connected, sessions, health, supervise, breakDown }
}

test('one process listens; another takes over when it stops; changed settings are taken up at once', async () => {
  const provider = aProvider()
  const second = await openChannels({ beside: okno })
  const one = provider.supervise(okno)
  const two = provider.supervise(second)
  try {
    one.start()
    two.start()
    const account = await okno.account({ kind: 'api', name: 'listen' })
    await eventually(() => provider.connected.get(account.id) === 1)
    expect([...one.listening(), ...two.listening()]).toEqual([account.id])

    await okno.channels.updateAccount(okno.admin, account.id, { name: 'listen again' })
    await eventually(() => provider.sessions.includes('listen again'), SOONER_THAN_A_TICK_MS)
    expect(provider.connected.get(account.id)).toBe(1)

    const [holder, other] = one.listening().length > 0 ? [one, two] : [two, one]
    await holder.stop()
    await eventually(() => other.listening().includes(account.id))
    expect(provider.connected.get(account.id)).toBe(1)

    await okno.channels.updateAccount(okno.admin, account.id, { isEnabled: false })
    await eventually(() => provider.connected.get(account.id) === 0, SOONER_THAN_A_TICK_MS)
  } finally {
    await one.stop()
    await two.stop()
    await second.close()
  }
})

test('a listener that breaks is shown as failing and started again', async () => {
  const provider = aProvider()
  const supervisor = provider.supervise(okno)
  provider.breakDown(true)
  const account = await okno.account({ kind: 'api', name: 'listen badly' })
  supervisor.start()
  try {
    await eventually(() => provider.health.includes('failing'))
    provider.breakDown(false)
    await eventually(() => provider.connected.get(account.id) === 1)
  } finally {
    await supervisor.stop()
  }
})

test('a process that died leaves its accounts to others when its lease has ended', async () => {
  const provider = aProvider()
  const account = await okno.account({ kind: 'api', name: 'listen after a crash' })
  await okno.rows(
    `insert into channels.account_state (workspace_id, account_id, key, value)
      values ($1, $2, 'okno.listener', jsonb_build_object('holder', 'dead', 'until', extract(epoch from now()) + 1))`,
    [okno.workspaceId, account.id],
  )
  const supervisor = provider.supervise(okno)
  supervisor.start()
  try {
    await eventually(() => supervisor.listening().includes(account.id))
  } finally {
    await supervisor.stop()
  }
})
