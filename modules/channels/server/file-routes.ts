import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerFile } from '#platform/server/file-answer'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { readPart } from '#platform/server/read-part'
import { Problem } from '#platform/shared/problems'

const params = z.object({ id: z.uuid() })
const tags = ['Files']
const storedFile = z.object({ id: z.uuid(), name: z.string(), mime: z.string(), sizeBytes: z.number().int() })

/** Files of messages: uploaded before a reply, loaded from a thread. */
export function fileRoutes({ transaction, files }: Platform, http: HttpServer) {
  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()

      app.post(
        '/files',
        {
          config: { access: 'inbox.reply' },
          schema: {
            tags,
            summary: 'Upload a file (multipart, one part) for a reply or note',
            consumes: ['multipart/form-data'],
            response: { 201: storedFile },
          },
        },
        async (request, reply) => {
          const part = request.isMultipart() ? await request.file() : undefined
          if (!part) throw new Problem('request.invalid', 422, 'Send one file as multipart/form-data.')
          const file = await readPart(part)
          const stored = await transaction(request.actor.workspaceId, (tx) => files.save(tx, file))
          return reply.status(201).send(stored)
        },
      )

      app.get(
        '/files/:id',
        {
          config: { access: 'inbox.read' },
          schema: { tags, summary: 'Bytes of a file', params, produces: ['application/octet-stream'] },
        },
        async ({ actor, params: { id } }, reply) => {
          const file = await transaction(actor.workspaceId, (tx) => files.load(tx, id))
          return answerFile(reply, file)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
