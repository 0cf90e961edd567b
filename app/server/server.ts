import type { Config } from '#platform/server/config'
import { eventStream } from '#platform/server/events-stream'
import { scheduleHousekeeping } from '#platform/server/housekeeping'
import type { Module } from '#platform/server/module'
import { openPlatform, type Platform } from '#platform/server/platform'
import { apiDocs } from './api-docs.ts'
import { healthRoutes } from './health.ts'
import { createModules, type Modules } from './modules.ts'
import { listenForMonitoring } from './monitoring.ts'
import { screens } from './screens.ts'

/** One running process of Okno: what `main.ts` starts and tests drive. */
export interface OknoServer {
  readonly platform: Platform
  readonly modules: Modules
  /** Address on which this process listens; undefined for a worker. */
  readonly url: string | undefined
  /** Takes nothing new, finishes what is under way, closes connections; ≤ 8 s. */
  stop(): Promise<void>
}

/** Two seconds less than a process may take to end: the embedded database ends behind it. */
const STOP_LIMIT_MS = 8000

/**
 * Opens the platform on a migrated database, wires the modules and starts the roles of this process.
 *
 * @param prepare runs before anything is taken in: first workspace, demo data
 */
export async function startServer(
  config: Config,
  databaseUrl: string,
  options: { now?: () => Date; prepare?: (modules: Modules, platform: Platform) => Promise<void> } = {},
): Promise<OknoServer> {
  const platform = openPlatform(config, databaseUrl, options.now ? { now: options.now } : {})
  const { http, jobs, live, bus, database, log } = platform
  const modules = createModules(platform)
  const inOrder: Module[] = Object.values(modules)
  const isWeb = config.roles.has('web')

  for (const module of inOrder) module.routes?.(http)
  const streams = eventStream(platform)
  healthRoutes(platform, inOrder)
  apiDocs(http)
  screens(http)

  scheduleHousekeeping(jobs, database, platform.now)

  let monitoring: Awaited<ReturnType<typeof listenForMonitoring>> | undefined
  const start = async () => {
    await bus.start()
    await options.prepare?.(modules, platform)
    for (const module of inOrder) await module.start?.(config.roles)
    if (config.roles.has('worker')) await jobs.start({ concurrency: 8 })
    if (isWeb) {
      await live.start()
      await http.listen({ port: config.port, host: '0.0.0.0' })
    }
    if (config.monitorPort !== undefined) monitoring = await listenForMonitoring(http, config.monitorPort)
  }
  const close = async () => {
    streams.close()
    if (isWeb) await live.stop()
    await http.close()
    await monitoring?.close()
    for (const module of inOrder.toReversed()) await module.stop?.()
    if (config.roles.has('worker')) await jobs.stop()
    await bus.stop()
    await platform.close()
  }
  const stop = async () => {
    const limit = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      log.warn('stop: still busy after 8 s, ending all the same')
      limit.resolve()
    }, STOP_LIMIT_MS)
    await Promise.race([close(), limit.promise]).finally(() => clearTimeout(timer))
  }

  try {
    await start()
  } catch (error) {
    // What half started must not go on working: whoever called may try again.
    await stop().catch((failure) => log.warn({ err: failure }, 'start: not everything could be stopped'))
    throw error
  }
  const address = http.server.address()
  const port = address && typeof address === 'object' ? address.port : undefined
  return { platform, modules, url: port === undefined ? undefined : `http://127.0.0.1:${port}`, stop }
}
