import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import { pageOf, pageQuery } from '#platform/shared/page'
import { team, teamDraft, teamPatch } from '../contract/index.ts'
import type { AccessContext } from './context.ts'
import { changeTeam, createTeam, deleteTeam } from './save-team.ts'
import { findTeamPage } from './teams.queries.ts'

const tags = ['Teams']
const params = z.object({ id: z.uuid() })

export function teamRoutes(http: HttpServer, context: AccessContext) {
  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()
      app.get(
        '/teams',
        {
          config: { access: 'access.read' },
          schema: { tags, summary: 'List teams', querystring: pageQuery, response: { 200: pageOf(team) } },
        },
        ({ actor, query }) => context.transaction(actor.workspaceId, (tx) => findTeamPage(tx, query)),
      )
      app.post(
        '/teams',
        {
          config: { access: 'access.manage' },
          schema: { tags, summary: 'Add a team', body: teamDraft, response: { 201: team } },
        },
        async ({ actor, body }, reply) => reply.status(201).send(await createTeam(context, actor, body)),
      )
      app.patch(
        '/teams/:id',
        {
          config: { access: 'access.manage' },
          schema: {
            tags,
            summary: 'Rename a team or replace its members',
            params,
            body: teamPatch,
            response: { 200: team },
          },
        },
        ({ actor, params, body }) => changeTeam(context, actor, params.id, body),
      )
      app.delete(
        '/teams/:id',
        {
          config: { access: 'access.manage' },
          schema: { tags, summary: 'Dissolve a team', params, response: { 204: z.null() } },
        },
        async ({ actor, params }, reply) => {
          await deleteTeam(context, actor, params.id)
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
