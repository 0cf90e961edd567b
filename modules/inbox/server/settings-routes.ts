import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { pageOf, pageQuery } from '#platform/shared/page'
import { inboxSettings, snippet, snippetDraft } from '../contract/index.ts'
import { changeSettings, inboxSettingsPatch } from './change-settings.ts'
import { listTags } from './list.queries.ts'
import { findSettings } from './settings.queries.ts'
import { snippets } from './snippets.ts'

const tags = ['Inbox settings']
const params = z.object({ id: z.uuid() })

/** Norms and hours, snippets, tags. */
export function settingsRoutes(http: HttpServer, platform: Platform) {
  const texts = snippets(platform)
  const change = changeSettings(platform)
  const { transaction } = platform

  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()
      app.get(
        '/inbox/settings',
        {
          config: { access: 'inbox.read' },
          schema: { tags, summary: 'Norms and business hours', response: { 200: inboxSettings } },
        },
        ({ actor }) => transaction(actor.workspaceId, findSettings),
      )
      app.patch(
        '/inbox/settings',
        {
          config: { access: 'inbox.settings' },
          schema: {
            tags,
            summary: 'Change norms and business hours',
            body: inboxSettingsPatch,
            response: { 200: inboxSettings },
          },
        },
        ({ actor, body }) => change(actor, body),
      )
      app.get(
        '/tags',
        {
          config: { access: 'inbox.read' },
          schema: { tags, summary: 'Tags given so far', response: { 200: z.object({ items: z.array(z.string()) }) } },
        },
        async ({ actor }) => ({ items: await transaction(actor.workspaceId, listTags) }),
      )
      app.get(
        '/snippets',
        {
          config: { access: 'inbox.read' },
          schema: { tags, summary: 'List snippets', querystring: pageQuery, response: { 200: pageOf(snippet) } },
        },
        ({ actor, query }) => texts.list(actor, query),
      )
      app.post(
        '/snippets',
        {
          config: { access: 'inbox.read_all' },
          schema: { tags, summary: 'Add a snippet', body: snippetDraft, response: { 201: snippet } },
        },
        async ({ actor, body }, reply) => reply.status(201).send(await texts.add(actor, body)),
      )
      app.patch(
        '/snippets/:id',
        {
          config: { access: 'inbox.read_all' },
          schema: {
            tags,
            summary: 'Change a snippet',
            params,
            body: snippetDraft.partial(),
            response: { 200: snippet },
          },
        },
        ({ actor, params, body }) => texts.change(actor, params.id, body),
      )
      app.delete(
        '/snippets/:id',
        {
          config: { access: 'inbox.read_all' },
          schema: { tags, summary: 'Remove a snippet', params, response: { 204: z.null().describe('Done') } },
        },
        async ({ actor, params }, reply) => {
          await texts.remove(actor, params.id)
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
