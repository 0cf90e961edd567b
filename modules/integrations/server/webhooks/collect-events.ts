import type { Platform } from '#platform/server/platform'
import { collectEvents, findWork, hasWebhooks, holdLanes } from './collect.queries.ts'
import { freeAbandoned } from './deliveries.queries.ts'
import { publicEvents } from './event-types.ts'

const BATCH = 500
/** Looks when no word came: for events held back by a long transaction, retries that are due, and what a dead process left. */
const TICK_MS = 1000
/** Every so many ticks: whether there are webhooks at all, and what dead processes were sending. */
const SWEEP_TICKS = 10
/** Under load many events share one look. */
const GATHER_MS = 25
const TOPIC = 'integrations.webhooks'

/**
 * Follows the stored events of every workspace that has webhooks, and makes their deliveries. The position moves in the transaction that makes them:
 * each event becomes exactly one delivery for each webhook, over all processes and crashes. Without webhooks nothing is read.
 */
export function createCollector(platform: Platform, wake: (workspaceId: string) => void) {
  const { transaction, database, bus, now } = platform
  const log = platform.log.child({ part: 'webhooks' })
  /** Whether there is a webhook, as far as this process knows: without one nothing is asked when something happens. */
  let isUsed = false
  let timer: NodeJS.Timeout | undefined
  let soon: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isAskedAgain = false
  let isStopped = true
  let ticks = 0

  async function follow(workspaceId: string) {
    for (;;) {
      const { read, made } = await transaction(workspaceId, async (tx) =>
        (await holdLanes(tx, 'update'))
          ? collectEvents(tx, { events: publicEvents.values(), limit: BATCH, now: now() })
          : { read: 0, made: 0 },
      )
      if (made > 0) wake(workspaceId)
      if (read < BATCH) return
    }
  }

  async function sweep() {
    isUsed = await database.system(async (tx) => {
      await freeAbandoned(tx, now())
      return hasWebhooks(tx)
    })
  }

  async function look() {
    while (isAskedAgain && isUsed && !isStopped) {
      isAskedAgain = false
      for (const { id, toCollect } of await database.system((tx) => findWork(tx, now()))) {
        if (toCollect) await follow(id)
        wake(id)
      }
    }
  }

  /** One look at a time; whoever asks meanwhile is served by one more. */
  function run(work: () => Promise<void> = look): Promise<void> {
    isAskedAgain = true
    running ??= work()
      .catch((error) => log.warn({ err: error }, 'cannot follow events'))
      .finally(() => {
        running = undefined
      })
    return running
  }

  function lookSoon() {
    if (isStopped || soon || !isUsed) return
    soon = setTimeout(() => {
      soon = undefined
      void run()
    }, GATHER_MS)
  }

  bus.onPoke(lookSoon)
  bus.onMessage(TOPIC, () => {
    isUsed = true
    lookSoon()
  })

  return {
    /** Tells every process that there is something new to follow or to send. */
    ask: () => bus.publish(TOPIC, null),
    start: async () => {
      isStopped = false
      await sweep()
      timer = setInterval(() => {
        ticks++
        void run(async () => {
          if (ticks % SWEEP_TICKS === 0) await sweep()
          await look()
        })
      }, TICK_MS)
    },
    stop: async () => {
      isStopped = true
      clearInterval(timer)
      clearTimeout(soon)
      await running
    },
  }
}
export type Collector = ReturnType<typeof createCollector>
