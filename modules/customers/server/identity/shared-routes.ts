import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { pageOf } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import {
  type SharedDecided,
  sharedAddress,
  sharedAddressesQuery,
  sharedDecided,
  sharedDecisions,
} from '../../contract/shared-addresses.ts'
import { listSharedAddresses } from './list-shared-addresses.ts'
import { shareIdentity } from './share-identity.ts'

const tags = ['people']

/** `/shared-addresses`: phones and mailboxes that several people seem to use, and what people say of them. */
export function sharedRoutes(http: HttpServer, platform: Platform): void {
  const share = shareIdentity(platform)

  /** Each in a transaction of its own: what cannot be done any more is told, the rest is done. */
  async function decide(actor: Actor, { shared, addresses }: z.infer<typeof sharedDecisions>): Promise<SharedDecided> {
    const failed: SharedDecided['failed'] = []
    for (const { personId, identityId } of addresses) {
      try {
        await platform.transaction(actor.workspaceId, (tx) => share(tx, actor, { personId, identityId, shared }))
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        failed.push({ identityId, code: error.code })
      }
    }
    return { done: addresses.length - failed.length, failed }
  }

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/shared-addresses',
        {
          config: { access: 'customers.read' },
          schema: {
            tags,
            summary:
              'Phones and mailboxes on cards of several people about which nobody has decided, with who holds them',
            querystring: sharedAddressesQuery,
            response: { 200: pageOf(sharedAddress) },
          },
        },
        ({ actor, query }) => platform.transaction(actor.workspaceId, (tx) => listSharedAddresses(tx, query)),
      )

      app.post(
        '/shared-addresses/decisions',
        {
          config: { access: 'customers.edit' },
          schema: {
            tags,
            summary: 'Say of several addresses that people share them, or that each is one person’s',
            body: sharedDecisions,
            response: { 200: sharedDecided },
          },
        },
        ({ actor, body }) => decide(actor, body),
      )
    },
    { prefix: '/api/v1' },
  )
}
