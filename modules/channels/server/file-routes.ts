import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { Problem } from '#platform/shared/problems'
import { readPart } from './read-part.ts'

const params = z.object({ id: z.uuid() })
const tags = ['Files']
const storedFile = z.object({ id: z.uuid(), name: z.string(), mime: z.string(), sizeBytes: z.number().int() })

/** Pictures that browsers draw without running anything in them; SVG can hold scripts. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

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
          const content = await readPart(part)
          const file = { name: part.filename, mime: part.mimetype, content }
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
          const isShown = SHOWN.has(file.mime)
          return (
            reply
              .header('content-disposition', disposition(isShown ? 'inline' : 'attachment', file.name))
              .header('content-security-policy', "default-src 'none'; sandbox")
              .header('x-content-type-options', 'nosniff')
              // The bytes of an id never change.
              .header('cache-control', 'private, max-age=31536000, immutable')
              .type(isShown ? file.mime : 'application/octet-stream')
              .send(Buffer.from(file.content))
          )
        },
      )
    },
    { prefix: '/api/v1' },
  )
}

/** Names beyond ASCII travel in `filename*` (RFC 6266); the plain one is for very old programs. */
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_')
  const full = encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${full}`
}
