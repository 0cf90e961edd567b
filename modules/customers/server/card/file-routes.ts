import type { FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import { answerFile } from '#platform/server/file-answer'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { readPart } from '#platform/server/read-part'
import type { Actor } from '#platform/shared/actor'
import { pageOf } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import { personFile } from '../../contract/around.ts'
import { fileUses, type Uploaded } from './files.ts'
import type { PersonSource } from './person-source.ts'

const params = z.object({ id: z.uuid() })
const fileParams = params.extend({ fileId: z.uuid() })
const tags = ['people']
const consumes = ['multipart/form-data']
const read = { access: 'customers.read' }
const edit = { access: 'customers.edit' }

/** The face and the files of a card. */
export function fileRoutes(http: HttpServer, platform: Platform, sources: readonly PersonSource[]): void {
  const inWorkspace = <Result>(actor: Actor, work: (tx: Tx) => Promise<Result>) =>
    platform.transaction(actor.workspaceId, work)
  const use = fileUses(platform, sources)

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.put(
        '/people/:id/photo',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Show this picture (multipart, one part; PNG, JPEG or WebP of at most 2 MB)',
            consumes,
            params,
            response: { 200: z.object({ photoId: z.uuid() }) },
          },
        },
        async (request) => {
          const upload = await partOf(request)
          const { actor, params: of } = request
          return { photoId: await inWorkspace(actor, (tx) => use.setPhoto(tx, actor, of.id, upload)) }
        },
      )

      app.get(
        '/people/:id/photo',
        { config: read, schema: { tags, summary: 'The face of a person', params, produces: ['image/*'] } },
        async ({ actor, params: { id } }, reply) =>
          answerFile(reply, await inWorkspace(actor, (tx) => use.loadPhoto(tx, id))),
      )

      app.delete(
        '/people/:id/photo',
        { config: edit, schema: { tags, summary: 'Show no picture', params, response: { 204: z.null() } } },
        async ({ actor, params: { id } }, reply) => {
          await inWorkspace(actor, (tx) => use.removePhoto(tx, actor, id))
          return reply.status(204).send(null)
        },
      )

      app.get(
        '/people/:id/files',
        {
          config: read,
          schema: {
            tags,
            summary: 'Files of a person: those laid to the card, and the last ones of conversations',
            params,
            response: { 200: pageOf(personFile) },
          },
        },
        async ({ actor, params: { id } }) => ({
          items: await inWorkspace(actor, (tx) => use.listFiles(tx, actor, id)),
          nextCursor: null,
        }),
      )

      app.post(
        '/people/:id/files',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Lay a file to a card (multipart, one part)',
            consumes,
            params,
            response: { 201: personFile },
          },
        },
        async (request, reply) => {
          const upload = await partOf(request)
          const { actor, params: of } = request
          return reply.status(201).send(await inWorkspace(actor, (tx) => use.attachFile(tx, actor, of.id, upload)))
        },
      )

      app.get(
        '/people/:id/files/:fileId',
        {
          config: read,
          schema: {
            tags,
            summary: 'Bytes of a file of a card',
            params: fileParams,
            produces: ['application/octet-stream'],
          },
        },
        async ({ actor, params: { id, fileId } }, reply) =>
          answerFile(reply, await inWorkspace(actor, (tx) => use.loadFile(tx, id, fileId))),
      )

      app.delete(
        '/people/:id/files/:fileId',
        {
          config: edit,
          schema: { tags, summary: 'Take a file off a card', params: fileParams, response: { 204: z.null() } },
        },
        async ({ actor, params: { id, fileId } }, reply) => {
          await inWorkspace(actor, (tx) => use.detachFile(tx, actor, id, fileId))
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}

/** @throws Problem `request.invalid` when there is no file, `request.too_large` */
async function partOf(request: FastifyRequest): Promise<Uploaded> {
  const part = request.isMultipart() ? await request.file() : undefined
  if (!part) throw new Problem('request.invalid', 422, 'Send one file as multipart/form-data.')
  return readPart(part)
}
