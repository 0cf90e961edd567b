import { z } from 'zod'
import * as access from '#modules/access/contract'
import * as channels from '#modules/channels/contract'
import * as customers from '#modules/customers/contract'
import * as exchange from '#modules/exchange/contract'
import * as inbox from '#modules/inbox/contract'
import * as integrations from '#modules/integrations/contract'
import * as objects from '#modules/objects/contract'
import { examples } from './examples.ts'

/** Names that say too little outside of their module, or mean something else to those who read TypeScript. */
const OTHERWISE: ReadonlyMap<z.ZodType, string> = new Map<z.ZodType, string>([
  [objects.record, 'CustomRecord'],
  [integrations.delivery, 'WebhookDelivery'],
  [integrations.attempt, 'WebhookAttempt'],
])

/**
 * Gives what modules' contracts call by a name the same name in the description of the API, so that `Person` is written there once, with its
 * example. Of two with one name the module further up has it.
 */
export function nameSchemas(): void {
  const named = new Set<string>()
  for (const door of [access, objects, customers, channels, inbox, exchange, integrations]) {
    for (const [name, schema] of Object.entries(door)) {
      // Queries are taken apart into parameters.
      if (!(schema instanceof z.ZodObject) || name.endsWith('Query')) continue
      const id = OTHERWISE.get(schema) ?? name.charAt(0).toUpperCase() + name.slice(1)
      const known = z.globalRegistry.get(schema)
      if (known?.id || named.has(id)) continue
      named.add(id)
      const body = examples.get(schema)
      z.globalRegistry.add(schema, { ...known, id, ...(body === undefined ? {} : { example: body }) })
    }
  }
}
