import type { FastifyReply } from 'fastify'

/** Pictures that browsers draw without running anything in them; SVG can hold scripts. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

/**
 * Answers with somebody's file so that nothing in it runs: known pictures are shown, everything else is downloaded, and both are closed in. The
 * bytes of an id never change, so browsers keep them.
 */
export function answerFile(
  reply: FastifyReply,
  file: { readonly name: string; readonly mime: string; readonly content: Uint8Array },
) {
  const isShown = SHOWN.has(file.mime)
  return reply
    .header('content-disposition', disposition(isShown ? 'inline' : 'attachment', file.name))
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, max-age=31536000, immutable')
    .type(isShown ? file.mime : 'application/octet-stream')
    .send(Buffer.from(file.content))
}

/** Names beyond ASCII travel in `filename*` (RFC 6266); the plain one is for very old programs. */
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_')
  const full = encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${full}`
}
