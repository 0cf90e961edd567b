import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '#platform/server/log'
import { inSpan, traceparent } from '#platform/server/tracing'

/** Least time between two runs for one workspace: under load one run serves the changes of many. */
const REST_MS = 150

/**
 * Gives out queues soon after something changed: many calls for one workspace become one run, and a call during a run makes one more.
 * What a dying process leaves undone is found by the sweep.
 */
export function createRouter(route: (workspaceId: string) => Promise<unknown>, log: Log) {
  /** Workspaces with the trace of who asked last. */
  const asked = new Map<string, string | undefined>()
  const running = new Map<string, Promise<void>>()
  let isStopped = false

  async function run(workspaceId: string): Promise<void> {
    while (asked.has(workspaceId)) {
      const parent = asked.get(workspaceId) ?? null
      asked.delete(workspaceId)
      try {
        await inSpan('route', { kind: 'consumer', parent }, () => route(workspaceId))
      } catch (error) {
        log.warn({ err: error, workspaceId }, 'inbox: the queue was not given out')
      }
      if (!isStopped) await pause(REST_MS)
    }
    running.delete(workspaceId)
  }

  return {
    soon: (workspaceId: string): void => {
      if (isStopped) return
      asked.set(workspaceId, traceparent())
      if (!running.has(workspaceId)) running.set(workspaceId, run(workspaceId))
    },
    /** Begins nothing new; resolves when nothing is under way. */
    stop: async (): Promise<void> => {
      isStopped = true
      await Promise.all(running.values())
    },
  }
}
