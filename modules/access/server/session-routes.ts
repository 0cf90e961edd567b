import type { FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import { pageOf, pageQuery } from '#platform/shared/page'
import { session } from '../contract/index.ts'
import { asOperator } from './actor.ts'
import type { AccessContext } from './context.ts'
import { endSession } from './end-session.ts'
import type { LookUpSession } from './look-up-session.ts'
import { findSessionPage } from './sessions.queries.ts'

const tags = ['Sign-in']

/** Where the operator is signed in. Operators see and end their own sessions only. */
export function sessionRoutes(http: HttpServer, context: AccessContext, lookUpSession: LookUpSession) {
  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()
      app.get(
        '/me/sessions',
        {
          config: { access: 'signed-in' },
          schema: {
            tags,
            summary: 'List where I am signed in',
            querystring: pageQuery,
            response: { 200: pageOf(session) },
          },
        },
        async (request) => {
          const { operatorId, workspaceId } = asOperator(request.actor)
          const current = await currentSession(lookUpSession, request)
          const page = await context.transaction(workspaceId, (tx) =>
            findSessionPage(tx, { ...request.query, operatorId, now: context.now() }),
          )
          return { ...page, items: page.items.map((one) => ({ ...one, isCurrent: one.id === current })) }
        },
      )
      app.delete(
        '/me/sessions/:id',
        {
          config: { access: 'signed-in' },
          schema: {
            tags,
            summary: 'Sign out on one device',
            params: z.object({ id: z.uuid() }),
            response: { 204: z.null() },
          },
        },
        async ({ actor, params }, reply) => {
          await endSession(context, asOperator(actor), params.id)
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}

/** Id of the session that this request comes by; undefined for a key. */
async function currentSession(lookUp: LookUpSession, { headers }: FastifyRequest): Promise<string | undefined> {
  if (!headers.cookie || headers.authorization) return undefined
  const { found } = await lookUp(headers.cookie)
  return found?.session.id
}
