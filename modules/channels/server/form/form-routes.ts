import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { Problem } from '#platform/shared/problems'
import type { AcceptRaw } from '../accept-raw.ts'
import type { AccountDirectory } from '../account-directory.ts'
import type { AccountRef } from '../account-ref.ts'
import { type FormConfig, formConfig, titleOf } from '../adapters/form/config.ts'
import { createAllowance } from '../chat/allowance.ts'
import { clientAddress } from '../chat/client-address.ts'
import type { FieldError, Posted } from './check-submission.ts'
import { embedJs, FORM_JS, formCss } from './form-assets.ts'
import { formPage, PROBLEM_STYLE, problemPage, sentPage } from './form-page.ts'
import { formTexts } from './form-texts.ts'
import { readPosted } from './read-posted.ts'
import { newMarks, submitForm } from './submit-form.ts'
import { wantedLocale } from './wanted-locale.ts'

interface Form extends AccountRef {
  readonly key: string
  readonly config: FormConfig
}

/** Any words: a key that no form has is told of in words too. */
const params = z.object({ key: z.string() })
const open = { schema: { hide: true, params } }
/** What one sender, and all senders of one form, may do at once and per minute. */
const PER_ADDRESS = { burst: 10, perSecond: 10 / 60 }
const PER_FORM = { burst: 120, perSecond: 2 }

/** The hosted form: a page that works without JavaScript, its frame for other sites, and the address that takes what was filled in. */
export function formRoutes(
  platform: Platform,
  http: HttpServer,
  deps: { directory: AccountDirectory; accept: AcceptRaw },
) {
  const submit = submitForm(platform, deps.accept)
  const perAddress = createAllowance(PER_ADDRESS)
  const perForm = createAllowance(PER_FORM)

  async function formOf(key: string): Promise<Form> {
    const row = await deps.directory.byKey(key)
    if (row?.kind !== 'form') throw new Problem('channels.unknown_key', 404, 'There is no form at this address.')
    return { key, workspaceId: row.workspaceId, accountId: row.id, config: formConfig.parse(row.config) }
  }

  http.register(async (plain) => {
    const app = plain.withTypeProvider<ZodTypeProvider>()

    app.setErrorHandler((error, request, reply) => {
      // What is no person's, or not ours to explain, is answered as everywhere.
      if (!(error instanceof Problem) || !wantsPage(request)) throw error
      const locale = wantedLocale(request.headers['accept-language'])
      return pageHeaders(reply.status(error.status), NOBODYS).send(problemPage(error.status, locale))
    })
    app.get(PROBLEM_STYLE, { schema: { hide: true } }, async (_request, reply) =>
      assetHeaders(reply).type('text/css; charset=utf-8').send(formCss(NOBODYS.accent)),
    )
    app.get(
      '/f/:key',
      { schema: { hide: true, params, querystring: z.object({ page: z.string().max(500).catch('') }) } },
      async ({ params: { key }, query: { page } }, reply) => {
        const form = await formOf(key)
        return showForm(reply, form, { posted: {}, errors: [], marks: { ...newMarks(platform, form.accountId), page } })
      },
    )
    app.get('/f/:key/sent', open, async ({ params: { key } }, reply) => {
      const form = await formOf(key)
      return pageHeaders(reply, form.config).send(sentPage(key, form.config))
    })
    app.get('/f/:key/form.css', open, async ({ params: { key } }, reply) => {
      const { config } = await formOf(key)
      return assetHeaders(reply).type('text/css; charset=utf-8').send(formCss(config.accent))
    })
    app.get('/f/:key/form.js', open, async (_request, reply) =>
      assetHeaders(reply).type('text/javascript; charset=utf-8').send(FORM_JS),
    )
    app.get('/f/:key/embed.js', open, async ({ params: { key } }, reply) => {
      const { config } = await formOf(key)
      const address = `${platform.config.publicUrl}/f/${encodeURIComponent(key)}`
      return assetHeaders(reply)
        .type('text/javascript; charset=utf-8')
        .send(embedJs(address, titleOf(config)))
    })
    app.options('/f/:key', open, async (request, reply) => {
      const { config } = await formOf(request.params.key)
      return allowOrigin(reply, request, config)
        .header('access-control-allow-methods', 'POST')
        .header('access-control-allow-headers', 'content-type, idempotency-key')
        .status(204)
        .send()
    })
    app.post('/f/:key', open, async (request, reply) => {
      const form = await formOf(request.params.key)
      assertOrigin(request, form.config, platform.config.publicUrl)
      allowOrigin(reply, request, form.config)
      const isBusy = overLimit(request, form)
      const read = await readPosted(request, { keepsFiles: !isBusy })
      const { posted } = read
      const given = request.headers['idempotency-key']
      const repeatKey = typeof given === 'string' ? given.slice(0, 200) : undefined
      const result = isBusy
        ? { taken: false as const, errors: [{ key: '', code: 'too_many' as const }] }
        : await submit(form, { ...read, repeatKey })
      if (wantsJson(request)) return answerJson(reply, form, result.taken ? [] : result.errors)
      if (result.taken) return reply.redirect(`/f/${encodeURIComponent(form.key)}/sent`, 303)
      reply.status(refusalOf(result.errors).status)
      const isOld = result.errors.some(({ code }) => code === 'too_old')
      const marks = { id: posted._id ?? '', started: isOld ? '' : (posted._started ?? ''), page: posted._page ?? '' }
      return showForm(reply, form, { posted, errors: result.errors, marks })
    })
  })

  function showForm(
    reply: FastifyReply,
    form: Form,
    shown: { posted: Posted; errors: readonly FieldError[]; marks: { id: string; started: string; page: string } },
  ) {
    const fresh = newMarks(platform, form.accountId)
    const marks = { ...shown.marks, id: shown.marks.id || fresh.id, started: shown.marks.started || fresh.started }
    return pageHeaders(reply, form.config).send(formPage({ ...form, ...shown, marks, now: platform.now() }))
  }

  function overLimit(request: FastifyRequest, form: Form): boolean {
    const address = clientAddress(request.socket.remoteAddress ?? '', request.headers['x-forwarded-for'])
    const isOver = address !== null && perAddress.take(`${form.accountId} ${address}`) > 0
    return isOver || perForm.take(form.accountId) > 0
  }
}

const wantsJson = (request: FastifyRequest): boolean =>
  /json/.test(request.headers['content-type'] ?? '') || /^application\/json/.test(request.headers.accept ?? '')

const wantsPage = (request: FastifyRequest): boolean =>
  !wantsJson(request) && /text\/html/.test(request.headers.accept ?? '')

/** Settings of a form that nobody changed. */
const NOBODYS = formConfig.parse({})

function answerJson(reply: FastifyReply, { config }: Form, errors: readonly FieldError[]) {
  if (errors.length === 0) return reply.status(202).send({ status: 'accepted' })
  const texts = formTexts[config.locale].errors
  const { code, status, detail } = refusalOf(errors)
  throw new Problem(code, status, detail, {
    errors: errors.map(({ key, code }) => ({ path: key.replace(/^_/, ''), code, message: texts[code] })),
  })
}

function refusalOf(errors: readonly FieldError[]): { code: string; status: number; detail: string } {
  const codes = new Set(errors.map(({ code }) => code))
  if (codes.has('too_many')) return { code: 'request.too_many', status: 429, detail: 'Too many forms in a row.' }
  if (codes.has('not_stored'))
    return { code: 'channels.not_stored', status: 503, detail: 'It could not be stored now. Send it again.' }
  return { code: 'channels.form_invalid', status: 422, detail: 'The form is not filled in right.' }
}

/** A page that runs nothing but its own files and may stand in frames of the allowed sites only. */
function pageHeaders(reply: FastifyReply, { allowedOrigins }: FormConfig): FastifyReply {
  const ancestors = allowedOrigins.length === 0 ? '*' : `'self' ${allowedOrigins.join(' ')}`
  const policy = `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ${ancestors}`
  // Set below Fastify, so it is taken away there: the policy says who may frame.
  reply.raw.removeHeader('x-frame-options')
  return reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
}

const assetHeaders = (reply: FastifyReply): FastifyReply =>
  reply.header('cross-origin-resource-policy', 'cross-origin').header('cache-control', 'public, max-age=300')

function isAllowed(origin: string, { allowedOrigins }: FormConfig): boolean {
  return allowedOrigins.length === 0 || allowedOrigins.some((one) => one.toLowerCase() === origin.toLowerCase())
}

function assertOrigin(request: FastifyRequest, config: FormConfig, publicUrl: string) {
  const { origin, host } = request.headers
  if (!origin || isAllowed(origin, config)) return
  if (origin === new URL(publicUrl).origin || URL.parse(origin)?.host === host) return
  throw new Problem('request.cross_origin', 403, 'This form may not be used on that site.')
}

function allowOrigin(reply: FastifyReply, request: FastifyRequest, config: FormConfig): FastifyReply {
  const { origin } = request.headers
  if (origin && isAllowed(origin, config)) reply.header('access-control-allow-origin', origin).header('vary', 'origin')
  return reply
}
