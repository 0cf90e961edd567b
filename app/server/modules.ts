import { createAccess } from '#modules/access'
import { createChannels } from '#modules/channels'
import { createCustomers } from '#modules/customers'
import { createExchange } from '#modules/exchange'
import { createInbox } from '#modules/inbox'
import { createIntegrations } from '#modules/integrations'
import { createObjects } from '#modules/objects'
import type { Platform } from '#platform/server/platform'
import { archiveWorkspace } from './workspace/archive-workspace.ts'

/** The module graph: each module takes those it uses, so a wrong order does not compile. Read it top to bottom. */
export function createModules(platform: Platform) {
  const access = createAccess(platform)
  const objects = createObjects(platform, { access })
  objects.declare(...access.objects)
  const customers = createCustomers(platform, { access, objects })
  const channels = createChannels(platform, { access })
  objects.declare(...channels.objects)
  customers.personalData.declare(channels.personalData)
  const inbox = createInbox(platform, { access, customers, channels, objects })
  const exchange = createExchange(platform, { access, objects, customers, writeArchive: archiveWorkspace(platform) })
  const integrations = createIntegrations(platform)
  customers.personalData.declare(integrations.personalData)
  return { access, objects, customers, channels, inbox, exchange, integrations }
}
export type Modules = ReturnType<typeof createModules>
