import { randomUUID } from 'node:crypto'
import type { Platform } from '#platform/server/platform'
import type { AcceptRaw } from './accept-raw.ts'
import type { AccountRef } from './account-ref.ts'
import { type AccountRow, findEnabledAccounts, releaseListenerLease, takeListenerLease } from './accounts.queries.ts'
import type { ChannelAccount } from './channel-adapter.ts'
import { AccountUnusable, type OpenAccounts } from './open-accounts.ts'
import { ACCOUNT_TOPIC } from './save-account.ts'

/** After a crash another process takes over when this has passed; a living one renews three times as often. */
const LEASE_SECONDS = 15
const TICK_MS = 5000
const FIRST_RESTART_MS = 1000
const LONGEST_RESTART_MS = 5 * 60_000
/** Time for a connection to end by itself. */
const STOP_MS = 5000

interface Listening {
  readonly ref: AccountRef
  readonly version: number
  readonly stop: AbortController
  readonly ended: Promise<void>
}

/**
 * Keeps each account that holds a connection open listening exactly once over all processes, by a lease row: no session state, so it
 * works through a pooler. Changes of settings are taken up at once.
 */
export function createAccountSupervisor(platform: Platform, deps: { accounts: OpenAccounts; accept: AcceptRaw }) {
  const { database, transaction, bus } = platform
  const log = platform.log.child({ part: 'listeners' })
  const holder = randomUUID()
  const running = new Map<string, Listening>()
  let ticking: Promise<void> | undefined
  let isAskedAgain = false
  let timer: NodeJS.Timeout | undefined

  bus.onMessage(ACCOUNT_TOPIC, () => {
    if (timer) look()
  })

  function look(): Promise<void> {
    isAskedAgain = true
    ticking ??= (async () => {
      while (isAskedAgain) {
        isAskedAgain = false
        await tick()
      }
    })()
      .catch((error) => log.warn({ err: error }, 'cannot look after listeners'))
      .finally(() => {
        ticking = undefined
      })
    return ticking
  }

  async function tick() {
    const wanted = new Map<string, AccountRow>()
    for (const row of await database.system(findEnabledAccounts)) if (listenerOf(row)) wanted.set(row.id, row)
    for (const [id, one] of running) {
      const row = wanted.get(id)
      if (row?.updatedAt.getTime() !== one.version) await end(id, one)
    }
    for (const row of wanted.values()) {
      const ref = { workspaceId: row.workspaceId, accountId: row.id }
      const lease = { accountId: row.id, holder, seconds: LEASE_SECONDS }
      const isOurs = await transaction(row.workspaceId, (tx) => takeListenerLease(tx, lease))
      const one = running.get(row.id)
      if (isOurs && !one) begin(ref, row)
      // Another process took over while this one was not heard of.
      else if (!isOurs && one) await end(row.id, one)
    }
  }

  function listenerOf(row: AccountRow) {
    try {
      const account = deps.accounts.open(row)
      return account.receive.mode === 'connection' ? account.receive : undefined
    } catch (error) {
      if (!(error instanceof AccountUnusable)) throw error
      return undefined
    }
  }

  function begin(ref: AccountRef, row: AccountRow) {
    const receive = listenerOf(row)
    if (!receive) return
    const stop = new AbortController()
    const ended = listenForEver(ref, receive, stop.signal)
    running.set(row.id, { ref, version: row.updatedAt.getTime(), stop, ended })
  }

  async function listenForEver(
    ref: AccountRef,
    receive: Extract<ChannelAccount['receive'], { mode: 'connection' }>,
    stop: AbortSignal,
  ) {
    for (let failures = 0; !stop.aborted; failures++) {
      try {
        await receive.listen(async (raw) => void (await deps.accept(ref, raw)), stop)
      } catch (error) {
        log.warn({ err: error, accountId: ref.accountId }, 'listener ended')
        const reason = error instanceof Error ? error.message : String(error)
        await deps.accounts
          .setHealth(ref, 'failing', reason)
          .catch((failure) => log.warn({ err: failure }, 'health not stored'))
      }
      if (!stop.aborted) await pause(Math.min(LONGEST_RESTART_MS, FIRST_RESTART_MS * 2 ** Math.min(failures, 20)), stop)
    }
  }

  async function end(id: string, { ref, stop, ended }: Listening) {
    running.delete(id)
    stop.abort()
    await Promise.race([ended, pause(STOP_MS)])
    await transaction(ref.workspaceId, (tx) => releaseListenerLease(tx, ref, holder))
  }

  return {
    /** Accounts that this process listens on. */
    listening: (): string[] => [...running.keys()],
    start: () => {
      timer = setInterval(() => void look(), TICK_MS)
      void look()
    },
    stop: async () => {
      clearInterval(timer)
      timer = undefined
      await ticking
      const all = await Promise.allSettled([...running].map(([id, one]) => end(id, one)))
      for (const one of all) if (one.status === 'rejected') log.warn({ err: one.reason }, 'listener did not end well')
    },
  }
}

/** Half of the time is chance, so that many listeners do not return together. Ends early on `stop`. */
const pause = (ms: number, stop?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, stop ? ms / 2 + (Math.random() * ms) / 2 : ms)
    timer.unref()
    stop?.addEventListener('abort', done, { once: true })
  })
