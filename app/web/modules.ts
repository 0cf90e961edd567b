import { access } from '#modules/access/web'
import { channels } from '#modules/channels/web'
import { customers } from '#modules/customers/web'
import { exchange } from '#modules/exchange/web'
import { inbox } from '#modules/inbox/web'
import { integrations } from '#modules/integrations/web'
import { objects } from '#modules/objects/web'
import type { WebModule } from '#platform/web'

/** Every module that has screens, in the order of the module graph. */
export const modules: readonly WebModule[] = [access, objects, customers, channels, inbox, exchange, integrations]
