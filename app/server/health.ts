import { findMigrations } from '#platform/server/migrate'
import type { HealthPart, Module } from '#platform/server/module'
import type { Platform } from '#platform/server/platform'
import { metricsRoute } from './monitoring.ts'

/** `/healthz`: the process answers. `/readyz`: its parts work, or which one does not and what to do. `/metrics`: Prometheus. */
export function healthRoutes({ http, database, metrics, log }: Platform, modules: Module[]) {
  http.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))

  http.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const parts = await Promise.all([databaseHealth(), ...modules.map((module) => moduleHealth(module))])
    const flat = parts.flat()
    // A failing mailbox is an operator's matter; only a lost database takes this process out of the balancer.
    const isReady = flat[0]?.isHealthy ?? false
    return reply.status(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', parts: flat })
  })

  metricsRoute(http, metrics)

  async function databaseHealth(): Promise<HealthPart[]> {
    try {
      const expected = (await findMigrations()).length
      const { rows } = await database.pool.query<{ count: number }>(
        'select count(*)::int as count from platform.migrations',
      )
      const isMigrated = (rows[0]?.count ?? 0) >= expected
      return [
        {
          part: 'database',
          isHealthy: isMigrated,
          ...(isMigrated ? {} : { detail: 'The database is older than this version. Start Okno once to migrate it.' }),
        },
      ]
    } catch (error) {
      log.warn({ err: error }, 'health: database')
      return [
        {
          part: 'database',
          isHealthy: false,
          detail:
            'PostgreSQL does not answer. Check DATABASE_URL, or the log of the embedded server in the data folder.',
        },
      ]
    }
  }

  async function moduleHealth(module: Module): Promise<HealthPart[]> {
    try {
      return (await module.health?.()) ?? []
    } catch (error) {
      log.warn({ err: error, module: module.name }, 'health: module')
      return [{ part: module.name, isHealthy: false, detail: 'Its state could not be read; see the log.' }]
    }
  }
}
