import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { receiveWebhook } from './receive-webhook.ts'

/** Files travel as base64, a third longer: 25 MB of them and the words around. */
const MAX_BYTES = 35 * 1024 * 1024

/** `POST /in/<key>`: where providers and other systems hand over messages. */
export function inRoutes(http: HttpServer, receive: ReturnType<typeof receiveWebhook>) {
  http.register(async (app: FastifyInstance) => {
    // Signatures cover the bytes as they came.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    app.post<{ Params: { key: string }; Body: Buffer | undefined }>(
      '/in/:key',
      {
        // A stranger's body is not read at all.
        onRequest: async (request) => await receive.expect((request.params as { key: string }).key),
        bodyLimit: MAX_BYTES,
        schema: { hide: true, params: z.object({ key: z.string().min(16).max(100) }) },
      },
      async (request, reply) => {
        const body = request.body ?? Buffer.alloc(0)
        const answer = await receive.take(request.params.key, { headers: request.headers, body })
        return reply.status(answer.status).type('application/json').send(answer.body)
      },
    )
  })
}
