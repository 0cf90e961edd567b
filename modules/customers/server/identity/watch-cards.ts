import { z } from 'zod'
import { currentCursor } from '#platform/server/events.queries'
import { defineJob, enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { followCards, joinCertain } from './follow-cards.ts'
import { findChangedWorkspaces, findWorkspaces } from './matching-state.queries.ts'
import { scanCards } from './scan-cards.ts'

/** So long after a change its card is compared, at least: changes that come together are taken together. */
const SOON_MS = 3000

export const followJob = defineJob('customers.follow_cards', z.object({}))
export const scanJob = defineJob('customers.scan_cards', z.object({}))

/** Lower than everything that somebody waits for. */
const BEHIND = { priority: 10 }

/** Sees to it that changed cards are compared: listens to what is published, asks for a job, at most one waiting for each workspace. */
export function watchCards(platform: Platform) {
  const { database, transaction, jobs, bus } = platform
  const log = platform.log.child({ part: 'identity' })
  const follow = followCards(platform)
  const scan = scanCards(platform)
  const join = joinCertain(platform)
  let cursor: string | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  jobs.handle(followJob, async (_, { workspaceId, signal }) => {
    const heldUntil = await follow(workspaceId, signal)
    if (heldUntil) await ask(workspaceId, { runAt: heldUntil })
  })
  jobs.handle(scanJob, async (_, { workspaceId, signal }) => {
    await scan(workspaceId, signal)
    await join(workspaceId)
  })

  async function look(): Promise<void> {
    const found = await database.system(async (tx) => {
      const next = await currentCursor(tx)
      const workspaces = cursor === undefined ? await findWorkspaces(tx) : await findChangedWorkspaces(tx, cursor)
      return { next, workspaces }
    })
    cursor = found.next
    for (const id of found.workspaces) await ask(id)
  }

  const ask = (id: string, when: { runAt?: Date } = {}) =>
    transaction(id, async (tx) =>
      enqueue(tx, followJob, {}, { key: `follow ${id}`, queue: `identity ${id}`, ...when, ...BEHIND }),
    )

  const soon = () => {
    if (timer || isStopped) return
    timer = setTimeout(() => {
      timer = undefined
      look().catch((error) => log.warn({ err: error }, 'changed cards were not looked for'))
    }, SOON_MS)
  }

  return {
    follow,
    start: () => {
      bus.onPoke(soon)
      soon()
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
