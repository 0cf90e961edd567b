import type { FastifyInstance, FastifyRequest } from 'fastify'
import { beginSpan, failSpan, type OpenSpan } from './tracing.ts'

type Traced = Pick<FastifyInstance, 'addHook'>

/**
 * One span for each request, part of the caller's trace when it names one (`traceparent`). Reading a body leaves the context of the request, so
 * it is entered again behind it.
 */
export function traceRequests(server: Traced): void {
  const open = new WeakMap<FastifyRequest, OpenSpan>()

  server.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const { traceparent } = request.headers
    const opened = beginSpan(`${request.method} ${route}`, {
      kind: 'server',
      parent: typeof traceparent === 'string' ? traceparent : null,
      attributes: { 'http.request.method': request.method, 'http.route': route, 'okno.request_id': request.id },
    })
    if (!opened) return done()
    open.set(request, opened)
    opened.enter(done)
  })
  server.addHook('preValidation', (request, _reply, done) => {
    const opened = open.get(request)
    if (opened) opened.enter(done)
    else done()
  })
  server.addHook('onError', async (request, reply, error) => {
    const opened = open.get(request)
    if (opened && reply.statusCode >= 500) failSpan(opened.span, error)
  })
  server.addHook('onResponse', async (request, reply) => {
    const opened = open.get(request)
    opened?.span.setAttribute('http.response.status_code', reply.statusCode)
    opened?.span.end()
  })
}
