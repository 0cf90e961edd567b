import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { HttpServer } from '#platform/server/http'

const SCRIPT = path.resolve(import.meta.dirname, '../../dist/widget/widget.js')

/** Serves the chat widget to pages of any site, packed: it is loaded on every page of every customer. */
export function widgetScript(http: HttpServer): void {
  if (!existsSync(SCRIPT)) return
  let loaded: ReturnType<typeof load> | undefined
  const script = () => {
    loaded ??= load().catch((error) => {
      loaded = undefined
      throw error
    })
    return loaded
  }

  http.get('/widget.js', { schema: { hide: true } }, async (request, reply) => {
    const { plain, packed, etag } = await script()
    reply.type('text/javascript; charset=utf-8').headers({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
      vary: 'accept-encoding',
      etag,
    })
    if (request.headers['if-none-match'] === etag) return reply.status(304).send()
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(plain)
    return reply.header('content-encoding', 'gzip').send(packed)
  })
}

async function load() {
  const plain = await readFile(SCRIPT)
  const packed = await promisify(gzip)(plain, { level: 9 })
  return { plain, packed, etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"` }
}
