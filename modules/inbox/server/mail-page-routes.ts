import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import { Problem } from '#platform/shared/problems'
import { mailPage, mailPagePolicy } from './mail-page.ts'
import type { readMessage } from './read-messages.ts'

/** `/messages/:id/page`: a mail as its sender laid it out, for a sandboxed frame of the window. */
export function mailPageRoutes(http: HttpServer, use: { readMessage: ReturnType<typeof readMessage> }) {
  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()
      app.get(
        '/messages/:id/page',
        {
          config: { access: 'inbox.read' },
          schema: {
            tags: ['Conversations'],
            summary: 'The HTML of a message as a page; `images=1` lets images of other servers in',
            params: z.object({ id: z.uuid() }),
            querystring: z.object({ images: z.enum(['0', '1']).default('0') }),
            produces: ['text/html'],
          },
        },
        async ({ actor, params, query }, reply) => {
          const { html } = await use.readMessage(actor, params.id)
          if (html === null) throw new Problem('inbox.message_not_found', 404, 'This message has no HTML.')
          const options = { withImages: query.images === '1' }
          return reply
            .type('text/html; charset=utf-8')
            .header('content-security-policy', mailPagePolicy(options))
            .header('referrer-policy', 'no-referrer')
            .send(mailPage(html, options))
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
