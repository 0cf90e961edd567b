import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import { pageOf, pageQuery } from '#platform/shared/page'
import { apiKey, apiKeyDraft, createdApiKey } from '../contract/index.ts'
import { asOperator } from './actor.ts'
import type { AccessContext } from './context.ts'
import { findKeyPage } from './keys.queries.ts'
import { makeKey, revokeKey } from './make-key.ts'
import type { SignIn } from './sign-in.ts'

const tags = ['API keys']

/** Operators see and end their own keys only. */
export function keyRoutes(http: HttpServer, context: AccessContext, signIn: SignIn) {
  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()
      app.get(
        '/keys',
        {
          config: { access: 'signed-in' },
          schema: { tags, summary: 'List my API keys', querystring: pageQuery, response: { 200: pageOf(apiKey) } },
        },
        ({ actor, query }) => {
          const { operatorId, workspaceId } = asOperator(actor)
          return context.transaction(workspaceId, (tx) => findKeyPage(tx, { ...query, operatorId }))
        },
      )
      app.post(
        '/keys',
        {
          config: { access: 'signed-in' },
          schema: { tags, summary: 'Make an API key', body: apiKeyDraft, response: { 201: createdApiKey } },
        },
        async ({ actor, body }, reply) =>
          reply.status(201).send(await makeKey(context, signIn, asOperator(actor), body)),
      )
      app.delete(
        '/keys/:id',
        {
          config: { access: 'signed-in' },
          schema: {
            tags,
            summary: 'Revoke an API key',
            params: z.object({ id: z.uuid() }),
            response: { 204: z.null() },
          },
        },
        async ({ actor, params }, reply) => {
          await revokeKey(context, asOperator(actor), params.id)
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
