import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { platformHealth } from '#platform/server/health'
import { atMostEvery } from '#platform/server/metrics'
import type { Module } from '#platform/server/module'
import type { Platform } from '#platform/server/platform'
import { type HealthPart, type HealthReport, healthReport, trouble } from '#platform/shared/health'
import { metricsRoute } from './monitoring.ts'
import { version } from './version.ts'

const schema = {
  tags: ['Health'],
  summary: 'How every part is, with what to do about it',
  response: { 200: healthReport },
}

/**
 * `/healthz`: the process answers. `/readyz`: whether it can work, for a balancer. `/metrics`: Prometheus. `/health` and `/api/v1/health`:
 * which part fails and what to do, for administrators.
 */
export function healthRoutes(platform: Platform, modules: readonly Module[]) {
  const { http, metrics, log } = platform
  http.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  metricsRoute(http, metrics)

  // Open to everybody, so it must cost nothing to ask often.
  const lookAtAll = atMostEvery(READY_MS, () => look(null))
  http.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const parts = await lookAtAll()
    // A failing mailbox is an operator's matter; only a lost or older database takes this process out of the balancer.
    const isReady = !parts.some(({ part, state }) => state === 'failing' && READY_PARTS.has(part))
    return reply.status(isReady ? 200 : 503).send({
      status: isReady ? 'ready' : 'not ready',
      parts: parts.map(({ part, state, detail }) => ({
        part,
        isHealthy: state === 'ok' || state === 'off',
        ...(detail ? { detail } : {}),
      })),
    })
  })

  http.register(async (plain) => {
    const app = plain.withTypeProvider<ZodTypeProvider>()
    const config = { access: 'access.manage' }
    app.get('/api/v1/health', { config, schema }, (request) => report(request.actor.workspaceId))
    app.get('/health', { config, schema: { ...schema, hide: true } }, (request) => report(request.actor.workspaceId))
  })

  async function report(workspaceId: string): Promise<HealthReport> {
    const parts = await look(workspaceId)
    const worst = (['failing', 'warning'] as const).find((state) => parts.some((part) => part.state === state))
    return { state: worst ?? 'ok', at: platform.now(), version, parts }
  }

  async function look(workspaceId: string | null): Promise<HealthPart[]> {
    const own = await platformHealth(platform)
    // Without the database every module would only wait for it once more.
    if (own.some(({ code }) => code === 'database_down')) return own
    const parts = await Promise.all(modules.map((module) => moduleHealth(module, workspaceId)))
    return [...own, ...parts.flat()]
  }

  async function moduleHealth(module: Module, workspaceId: string | null): Promise<HealthPart[]> {
    try {
      return (await module.health?.(workspaceId)) ?? []
    } catch (error) {
      log.warn({ err: error, module: module.name }, 'health: module')
      return [trouble(module.name, 'unread', 'Its state could not be read. The log says why.')]
    }
  }
}

const READY_MS = 1000
const READY_PARTS = new Set(['database', 'migrations'])
