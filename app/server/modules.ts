import { createAccess } from '#modules/access'
import { createChannels } from '#modules/channels'
import { createCustomers } from '#modules/customers'
import { createInbox } from '#modules/inbox'
import type { Platform } from '#platform/server/platform'

/** The module graph: each module takes those it uses, so a wrong order does not compile. Read it top to bottom. */
export function createModules(platform: Platform) {
  const access = createAccess(platform)
  const customers = createCustomers(platform, { access })
  const channels = createChannels(platform, { access })
  const inbox = createInbox(platform, { access, customers, channels })
  return { access, customers, channels, inbox }
}
export type Modules = ReturnType<typeof createModules>
