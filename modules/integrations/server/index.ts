import './tables.ts'
import type { Module } from '#platform/server/module'
import type { Platform } from '#platform/server/platform'
import { mcpRoutes } from './tools/mcp-routes.ts'
import { createCollector } from './webhooks/collect-events.ts'
import { createWebhookSender } from './webhooks/deliver.ts'
import { deleteDeliveriesBefore } from './webhooks/deliveries.queries.ts'
import { webhookPersonalData } from './webhooks/personal-data.queries.ts'
import { replays } from './webhooks/replay.ts'
import { saveWebhook } from './webhooks/save-webhook.ts'
import { webhookHealth } from './webhooks/webhook-health.ts'
import { webhookMetrics } from './webhooks/webhook-metrics.ts'
import { webhookRoutes } from './webhooks/webhook-routes.ts'

/** As long as the stored events: what is older could not be replayed anyway. */
const LOG_KEPT_MS = 30 * 24 * 60 * 60 * 1000

/** What other modules may ask of integrations. */
export type Integrations = ReturnType<typeof createIntegrations>

/** Other systems: what they are told of, and what they may ask. */
export function createIntegrations(platform: Platform) {
  const { jobs, database, now } = platform
  const sender = createWebhookSender(platform, webhookMetrics(platform))
  const collector = createCollector(platform, sender.wake)
  const use = { save: saveWebhook(platform, collector), replay: replays(platform, collector) }
  jobs.schedule('integrations.clean_up', '37 3 * * *', async () => {
    await database.system((tx) => deleteDeliveriesBefore(tx, new Date(now().getTime() - LOG_KEPT_MS)))
  })
  return {
    name: 'integrations',
    /** What other systems were told of people. */
    personalData: webhookPersonalData,
    routes: (http) => {
      webhookRoutes(http, platform, use)
      mcpRoutes(http, platform)
    },
    health: (workspaceId: string | null) => webhookHealth(platform, workspaceId),
    start: async (roles) => {
      if (!roles.has('worker')) return
      sender.start()
      await collector.start()
    },
    stop: async () => {
      await collector.stop()
      await sender.stop()
    },
  } satisfies Module & Record<string, unknown>
}
