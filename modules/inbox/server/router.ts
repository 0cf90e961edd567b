import type { Log } from '#platform/server/log'

/**
 * Gives out queues soon after something changed: many calls for one workspace become one run, and a call during a run makes one more.
 * What a dying process leaves undone is found by the sweep.
 */
export function createRouter(route: (workspaceId: string) => Promise<unknown>, log: Log) {
  const asked = new Set<string>()
  const running = new Map<string, Promise<void>>()

  async function run(workspaceId: string): Promise<void> {
    while (asked.delete(workspaceId)) {
      try {
        await route(workspaceId)
      } catch (error) {
        log.warn({ err: error, workspaceId }, 'inbox: the queue was not given out')
      }
    }
    running.delete(workspaceId)
  }

  let isStopped = false

  return {
    soon: (workspaceId: string): void => {
      if (isStopped) return
      asked.add(workspaceId)
      if (!running.has(workspaceId)) running.set(workspaceId, run(workspaceId))
    },
    /** Begins nothing new; resolves when nothing is under way. */
    stop: async (): Promise<void> => {
      isStopped = true
      await Promise.all(running.values())
    },
  }
}
