import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { HttpServer } from '#platform/server/http'
import { Problem } from '#platform/shared/problems'
import { widgetScript } from './widget-script.ts'

const BUILT = path.resolve(import.meta.dirname, '../../dist/web')

/** Addresses that are never a screen: an unknown one answers 404, not the window. */
const NOT_SCREENS = /^\/(api|in|f|chat|assets|socket\.io|widget\.js|metrics|healthz|readyz)(\/|$|\?)/

/** Serves the built window and the chat widget. Every other GET that a browser navigates to is the window: it routes by itself. */
export function screens(http: HttpServer) {
  if (existsSync(BUILT)) {
    // File names in assets/ carry a hash of their content, so they may be kept for ever.
    http.register(fastifyStatic, {
      root: path.join(BUILT, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
      decorateReply: false,
    })
    http.register(fastifyStatic, {
      root: BUILT,
      prefix: '/',
      index: false,
      wildcard: false,
      globIgnore: ['assets/**', 'index.html'],
      maxAge: '1h',
    })
  }
  widgetScript(http)
  http.get('/*', { schema: { hide: true } }, async (request, reply) => {
    if (NOT_SCREENS.test(request.url)) throw new Problem('request.not_found', 404, 'There is nothing at this address.')
    if (!existsSync(BUILT))
      throw new Problem('server.not_built', 503, 'The screens are not built yet: run npm start or npm run build.')
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(await readFile(path.join(BUILT, 'index.html')))
  })
}
