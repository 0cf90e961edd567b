import { enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { findEnabledAccounts } from './accounts.queries.ts'
import type { AskForReading } from './arrival-reader.ts'
import { findAccountsToRead } from './arrivals.queries.ts'
import type { ChangeDelivery } from './change-delivery.ts'
import type { Sender } from './deliver.ts'
import { findAccountsToSend } from './deliveries.queries.ts'
import type { OpenAccounts } from './open-accounts.ts'
import { verifyAccountJob } from './save-account.ts'
import { settleAbandoned } from './settle-abandoned.ts'

/** How long work that a dead process left behind waits for another one. */
const EVERY_MS = 10_000

/** Picks up what a process left behind that ended between two steps: nothing waits for ever because one process died. */
export function createSweeps(
  platform: Platform,
  deps: { accounts: OpenAccounts; change: ChangeDelivery; sender: Sender; askForReading: AskForReading },
) {
  const { database, transaction, jobs, now } = platform
  const log = platform.log.child({ part: 'sweeps' })
  const settle = settleAbandoned(platform, deps)
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined

  async function sweep() {
    await settle()
    const toRead = await database.system((tx) => findAccountsToRead(tx, now()))
    for (const { workspaceId, accountId } of toRead)
      await transaction(workspaceId, async (tx) => deps.askForReading(tx, accountId))
    for (const ref of await database.system((tx) => findAccountsToSend(tx, now()))) deps.sender.wake(ref)
  }

  const run = () => {
    running ??= sweep()
      .catch((error) => log.warn({ err: error }, 'sweep failed'))
      .finally(() => {
        running = undefined
      })
    return running
  }

  jobs.schedule('channels.verify_accounts', '17 * * * *', async () => {
    for (const { workspaceId, id } of await database.system(findEnabledAccounts))
      await transaction(workspaceId, async (tx) =>
        enqueue(tx, verifyAccountJob, { accountId: id }, { key: `verify:${id}`, maxAttempts: 3 }),
      )
  })

  return {
    start: async () => {
      timer = setInterval(() => void run(), EVERY_MS)
      await run()
    },
    stop: () => clearInterval(timer),
  }
}
