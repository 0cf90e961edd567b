import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** Hands over a made file: saved under its name, never shown or kept by anything on the way. */
export const sendExport = (
  reply: FastifyReply,
  { name, sizeBytes }: { name: string; sizeBytes: number | null },
  content: Readable,
) =>
  reply
    .header('content-disposition', `attachment; filename="export"; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .header('content-length', sizeBytes ?? undefined)
    .type('application/octet-stream')
    .send(content)
