import { randomUUID } from 'node:crypto'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import fastify, { type FastifyBaseLogger, type FastifyError, type FastifyRequest, LogController } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import helmet from 'helmet'
import type { Actor } from '#platform/shared/actor'
import { Problem, type ProblemDetails } from '#platform/shared/problems'
import { answerCompiler } from './answer-json.ts'
import { createAskInside } from './ask-inside.ts'
import { completeDocument, describeRoute } from './describe-api.ts'
import { traceRequests } from './http-tracing.ts'
import type { Log } from './log.ts'
import { isMalformedMultipart } from './malformed-multipart.ts'
import type { Metrics } from './metrics.ts'
import { isOutage } from './outage.ts'
import { isTracing } from './tracing.ts'
import { isUnstorableText } from './unstorable-text.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call: everybody, any signed-in operator, or holders of one permission. A route under /api without it does not start. */
    access?: 'public' | 'signed-in' | (string & {})
    /** True where keys that are for tools only may call. */
    isForTools?: boolean
  }
  interface FastifyRequest {
    /** Present on every route that is not `public`. */
    actor: Actor
  }
}

/** Finds out who calls, from the session cookie or the bearer key; null when nobody can be told. */
export type Authenticate = (request: FastifyRequest) => Promise<Actor | null>

export type HttpServer = ReturnType<typeof createHttp>

/** Bytes of one JSON body. Files travel by multipart with a limit of their own. */
const MAX_BODY_BYTES = 1024 * 1024
export const MAX_UPLOAD_BYTES = 25 * 1024 * 1024

/** The HTTP server with everything each route shares: schemas, problems, rights, limits, headers, metrics. */
export function createHttp({ log, metrics, publicUrl }: { log: Log; metrics: Metrics; publicUrl: string }) {
  let authenticate: Authenticate = async () => null
  const loggerInstance: FastifyBaseLogger = log
  const server = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: 'loopback, linklocal, uniquelocal',
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
  }).withTypeProvider<ZodTypeProvider>()

  const inside = createAskInside(server)
  if (isTracing()) traceRequests(server)
  server.setValidatorCompiler(validatorCompiler)
  server.setSerializerCompiler(answerCompiler)
  // Made once: what answers carry is the same for all of them.
  const protect = helmet({
    contentSecurityPolicy: { directives: contentSecurityPolicy(publicUrl) },
    hsts: publicUrl.startsWith('https:'),
  })
  server.addHook('onRequest', (request, reply, done) => protect(request.raw, reply.raw, () => done()))
  server.register(rateLimit, { global: false })
  server.register(formbody)
  server.register(multipart, { limits: { fileSize: MAX_UPLOAD_BYTES, files: 10, fields: 50, fieldSize: 100_000 } })
  server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Okno API', version: '1', description: 'Everything the screens do goes through this API.' },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key made in settings.' },
          session: { type: 'apiKey', in: 'cookie', name: 'okno.session_token' },
        },
      },
      security: [{ key: [] }, { session: [] }],
    },
    transform: describeRoute,
    transformObject: completeDocument,
  })

  // Rights are refused unless a route says who may call it.
  server.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/') && !route.config?.access) throw new Error(`Route without access: ${route.url}`)
  })
  server.decorateRequest('actor')
  server.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access ?? 'public'
    if (access === 'public') return
    const actor = inside.actorOf(request) ?? (await authenticate(request))
    if (!actor) throw new Problem('access.sign_in_required', 401, 'Sign in, or send an API key.')
    if (actor.onlyTools && !request.routeOptions.config.isForTools)
      throw new Problem('access.key_for_tools', 403, 'This key is for tools only.')
    if (access !== 'signed-in' && !actor.can(access)) {
      throw new Problem('access.forbidden', 403, `This needs the permission ${access}.`, {
        params: { permission: access },
      })
    }
    assertSameOrigin(request, publicUrl)
    request.actor = actor
  })
  server.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode }
    metrics.httpSeconds.observe(labels, reply.elapsedTime / 1000)
    const level = reply.statusCode >= 500 ? 'error' : 'debug'
    request.log[level]({ ...labels, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
  server.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = toProblem(error, request)
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
    if (problem.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS)
    reply.status(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem)
  })
  server.setNotFoundHandler((request, reply) => {
    const problem = toProblem(new Problem('request.not_found', 404, NOTHING_HERE), request)
    reply.status(404).type('application/problem+json').send(problem)
  })

  return Object.assign(server, {
    /** Set once by the module that knows operators. */
    setAuthenticate: (next: Authenticate) => {
      authenticate = next
    },
    authenticate: (request: FastifyRequest) => authenticate(request),
    ask: inside.ask,
  })
}

/** Scripts only from ourselves, never inline. Styles may be inline: the design system writes them. */
function contentSecurityPolicy(publicUrl: string) {
  const live = publicUrl.replace(/^http/, 'ws')
  return {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    scriptSrcAttr: ["'none'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'", live],
    frameSrc: ["'self'"],
    frameAncestors: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    upgradeInsecureRequests: publicUrl.startsWith('https:') ? [] : null,
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A page of another site must not act with an operator's cookie. Keys are not sent by browsers on their own, so they pass. */
function assertSameOrigin(request: FastifyRequest, publicUrl: string) {
  const { origin, authorization, host } = request.headers
  if (authorization || !origin || SAFE_METHODS.has(request.method)) return
  if (origin === new URL(publicUrl).origin || URL.parse(origin)?.host === host) return
  throw new Problem('request.cross_origin', 403, 'This address answers only its own pages.')
}

function toProblem(error: FastifyError | Problem, request: FastifyRequest): ProblemDetails {
  const base = { requestId: request.id }
  if (error instanceof Problem) {
    const { code, status, message, params, errors } = error
    return { ...base, ...describe(code, status, message), params, ...(errors ? { errors } : {}) }
  }
  // Words where an id belongs, typed by hand or from an old link: no form was filled in wrongly, there is no such thing.
  if (hasZodFastifySchemaValidationErrors(error) && error.validationContext === 'params')
    return { ...base, ...describe('request.not_found', 404, NOTHING_HERE) }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({
      path: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      code: issue.keyword,
      message: issue.message ?? 'Invalid value',
    }))
    return { ...base, ...describe('request.invalid', 422, 'Some fields are not right.'), errors }
  }
  if (isResponseSerializationError(error))
    return { ...base, ...describe('server.failed', 500, 'Okno made an answer that does not fit its description.') }
  if (isUnstorableText(error)) return { ...base, ...describe('request.invalid', 422, UNSTORABLE) }
  if (isOutage(error)) return { ...base, ...describe('server.unavailable', 503, UNAVAILABLE) }
  const status = isMalformedMultipart(error) ? 400 : (error.statusCode ?? 500)
  if (status < 500) return { ...base, ...describe(CLIENT_ERRORS[status] ?? 'request.invalid', status, error.message) }
  return {
    ...base,
    ...describe('server.failed', 500, 'Something went wrong in Okno. The request id finds it in the log.'),
  }
}

const NOTHING_HERE = 'There is nothing at this address.'

/** What may have been stored all the same is known by the key of the request alone: a commit whose answer was lost. */
const UNAVAILABLE =
  'Okno cannot reach its database, or has no room to write. Ask again in a moment; with the same Idempotency-Key nothing is done twice.'
const RETRY_AFTER_SECONDS = 5
const UNSTORABLE = 'A text holds a character that no text can: U+0000, or half of a surrogate pair.'

const CLIENT_ERRORS: Record<number, string> = {
  400: 'request.malformed',
  413: 'request.too_large',
  415: 'request.unsupported_type',
  429: 'request.too_many',
}

const describe = (code: string, status: number, detail: string) => ({
  type: `/api/problems/${code}`,
  title: code.replace('.', ': ').replaceAll('_', ' '),
  status,
  detail,
  code,
})
