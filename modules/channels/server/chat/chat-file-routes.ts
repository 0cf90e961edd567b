import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { nameOfPart } from '#platform/server/read-part'
import { Problem } from '#platform/shared/problems'
import { chatLimits } from '../../contract/chat.ts'
import { hasEntryFile } from './chat.queries.ts'
import { type FindChatAccount, isOriginAllowed } from './chat-account.ts'
import { accountOf, keyParams, openToSites } from './chat-routes.ts'
import { isInlineMime, mimeOfAllowed } from './file-types.ts'
import { isFileAddressValid, readVisitorToken, signFileTicket } from './visitor-token.ts'

const uploaded = z.object({
  ticket: z.string(),
  name: z.string(),
  mime: z.string(),
  sizeBytes: z.number().int(),
})

/** Files that visitors send and receive. Nothing here needs a preflight request, and no cookie is read. */
export function chatFileRoutes(platform: Platform, http: HttpServer, findAccount: FindChatAccount): void {
  const { secrets, files, transaction, now } = platform

  http.register(async (server) => {
    const app = server.withTypeProvider<ZodTypeProvider>()
    app.post(
      '/chat/:key/files',
      {
        config: { access: 'public', rateLimit: { max: 60, timeWindow: '1 minute' } },
        schema: {
          tags: ['site chat'],
          summary: 'Take a file of a visitor: multipart with the visitor token first, then the file',
          consumes: ['multipart/form-data'],
          params: keyParams,
          response: { 201: uploaded },
        },
      },
      async (request, reply) => {
        openToSites(reply)
        const account = await accountOf(findAccount, request.params.key)
        if (!isOriginAllowed(account, request.headers.origin, platform.config.publicUrl)) {
          throw new Problem('channels.chat_origin', 403, 'The chat may not run on this site.')
        }
        const part = await request.file({ limits: { fileSize: chatLimits.fileBytes, files: 1, fields: 1 } })
        if (!part) throw new Problem('channels.chat_no_file', 400, 'Send one file.')
        const field = part.fields.token
        const token = field && !Array.isArray(field) && field.type === 'field' ? String(field.value) : ''
        const visitor = readVisitorToken(secrets, token, { accountId: account.accountId, now: now() })
        if (!visitor) throw new Problem('channels.chat_token', 401, 'Send the visitor token before the file.')
        const fileName = nameOfPart(part)
        const mime = mimeOfAllowed(fileName)
        if (!mime) throw new Problem('channels.chat_file_type', 415, 'Files of this type are not taken.')

        const content = await part.toBuffer()
        if (part.file.truncated) {
          throw new Problem('request.too_large', 413, 'The file is too large.', {
            params: { maxBytes: chatLimits.fileBytes },
          })
        }
        const file = await transaction(account.workspaceId, (tx) => files.save(tx, { name: fileName, mime, content }))
        const { name, sizeBytes } = file
        return reply.status(201).send({ ticket: signFileTicket(secrets, visitor, file), name, mime, sizeBytes })
      },
    )
    app.get(
      '/chat/:key/files/:id',
      {
        config: { access: 'public' },
        schema: {
          tags: ['site chat'],
          summary: 'Load a file of a chat by its signed address',
          params: keyParams.extend({ id: z.uuid() }),
          querystring: z.object({
            thread: z.uuid(),
            until: z.coerce.number().int(),
            signature: z.string().max(100),
          }),
        },
      },
      async (request, reply) => {
        openToSites(reply)
        const { thread: threadId, until, signature } = request.query
        const { key, id: fileId } = request.params
        if (!isFileAddressValid(secrets, { threadId, fileId }, { until, signature, now: now() })) {
          throw new Problem(
            'channels.chat_file_expired',
            403,
            'This address does not work any more; open the chat again.',
          )
        }
        const account = await accountOf(findAccount, key)
        const file = await transaction(account.workspaceId, async (tx) => {
          if (!(await hasEntryFile(tx, { threadId, accountId: account.accountId, fileId }))) return null
          return files.load(tx, fileId)
        })
        if (!file) throw new Problem('file.not_found', 404, 'There is no such file.')
        const disposition = isInlineMime(file.mime) ? 'inline' : 'attachment'
        return reply
          .type(file.mime)
          .headers({
            'content-disposition': `${disposition}; filename*=UTF-8''${headerText(file.name)}`,
            'content-security-policy': "default-src 'none'; sandbox",
            'cache-control': 'private, max-age=86400',
          })
          .send(Buffer.from(file.content))
      },
    )
  })
}

/** A name as RFC 8187 writes it: what `encodeURIComponent` leaves alone but a header may not hold is escaped too. */
const headerText = (name: string) =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
