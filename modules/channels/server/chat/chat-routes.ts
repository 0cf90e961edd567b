import type { FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { Problem } from '#platform/shared/problems'
import type { FindChatAccount } from './chat-account.ts'
import { DEMO_STYLE, demoPage } from './chat-demo.ts'

export const keyParams = z.object({ key: z.string().min(16).max(100) })

const shownConfig = z.object({
  title: z.string().nullable(),
  greeting: z.string().nullable(),
  hours: z.string().nullable(),
  colour: z.string(),
  locale: z.enum(['auto', 'ru', 'en']),
  position: z.enum(['right', 'left']),
  askEmail: z.boolean(),
  privacyUrl: z.string().nullable(),
  agents: z.array(z.string()),
  isSomebodyHere: z.boolean(),
  limits: z.object({ text: z.number(), files: z.number(), fileBytes: z.number() }),
})

/** Any site may read the answer; nothing here looks at cookies. */
export const openToSites = (reply: FastifyReply): FastifyReply =>
  reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin')

/** The widget's settings and a page to try it on. The script itself is served with the other built files. */
export function chatRoutes(platform: Platform, http: HttpServer, findAccount: FindChatAccount): void {
  openPollingToSites(platform)

  http.register(async (server) => {
    const app = server.withTypeProvider<ZodTypeProvider>()
    app.get(
      '/chat/:key',
      {
        config: { access: 'public', rateLimit: { max: 600, timeWindow: '1 minute' } },
        schema: {
          tags: ['site chat'],
          summary: 'How the chat of one account looks',
          params: keyParams,
          response: { 200: shownConfig },
        },
      },
      async (request, reply) => {
        openToSites(reply).header('cache-control', 'public, max-age=30')
        return (await accountOf(findAccount, request.params.key)).shown
      },
    )
    app.get(
      '/chat-demo/:key',
      {
        config: { access: 'public' },
        schema: {
          hide: true,
          params: keyParams,
          querystring: z.object({
            visitor: z.string().max(40).optional(),
            lang: z.enum(['ru', 'en']).default('ru'),
          }),
        },
      },
      async (request, reply) => {
        const account = await accountOf(findAccount, request.params.key)
        const live = `${request.protocol === 'https' ? 'wss' : 'ws'}://${request.host}`
        return reply
          .type('text/html; charset=utf-8')
          .header(
            'content-security-policy',
            `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${live}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
          )
          .send(demoPage({ key: account.key, ...request.query }))
      },
    )
    app.get('/chat-demo.css', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/css; charset=utf-8').send(DEMO_STYLE),
    )
  })
}

/** @throws Problem `channels.unknown_chat` */
export async function accountOf(findAccount: FindChatAccount, key: string) {
  const account = await findAccount(key)
  if (!account) throw new Problem('channels.unknown_chat', 404, 'There is no chat under this key.')
  return account
}

/**
 * Where WebSockets are blocked, the widget polls from the customer's site. No cookie is ever read for visitors, and an answer
 * with `*` cannot be read by a page that sent cookies, so operators' connections stay closed to other sites.
 */
function openPollingToSites({ live }: Platform): void {
  live.io.engine.on('headers', (headers: Record<string, string>) => {
    headers['access-control-allow-origin'] = '*'
  })
}
