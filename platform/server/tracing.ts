import type * as Api from '@opentelemetry/api'
import type { Context, Span } from '@opentelemetry/api'

/**
 * Traces by the OpenTelemetry API. Until `startTracing` has handed it over, nothing here makes a span, nor is the API even loaded: the work is
 * called and that is all. Names of spans and attributes stand in the code; texts, addresses and names of people never become attributes.
 */
let otel: typeof Api | undefined

/** Called by `startTracing`, and with undefined when it ends. */
export const setTracing = (api: typeof Api | undefined): void => {
  otel = api
}
export const isTracing = (): boolean => otel !== undefined

export interface SpanOptions {
  readonly kind?: 'server' | 'producer' | 'consumer'
  /** The span it belongs to: the one that runs when left out, that of a stored `traceparent`, or none (null) for a trace of its own. */
  readonly parent?: string | null | undefined
  readonly attributes?: Readonly<Record<string, string | number | boolean>>
}

/** Runs `work` inside a span, which ends with it and tells whether it failed. */
export function inSpan<Result>(
  name: string,
  options: SpanOptions,
  work: (span: Span | undefined) => Promise<Result>,
): Promise<Result> {
  if (!otel) return work(undefined)
  const { span, inside } = openSpan(otel, name, options)
  return otel.context.with(inside, async () => {
    try {
      return await work(span)
    } catch (error) {
      failSpan(span, error)
      throw error
    } finally {
      span.end()
    }
  })
}

/**
 * Runs `work` once for many: each trace it serves gets a span of the same length. What happens inside is told by the first of them.
 *
 * @param parents stored `traceparent`s; those that are missing are left out
 */
export function inSpans<Result>(
  name: string,
  parents: readonly (string | undefined)[],
  work: () => Promise<Result>,
): Promise<Result> {
  const api = otel
  if (!api) return work()
  const [first = null, ...others] = new Set(parents.filter((parent) => parent !== undefined))
  const attributes = { 'okno.batch': parents.length }
  const beside = others.map((parent) => openSpan(api, name, { kind: 'consumer', parent, attributes }).span)
  return inSpan(name, { kind: 'consumer', parent: first, attributes }, work).finally(() => {
    for (const span of beside) span.end()
  })
}

/** The same function, each call of which is a span. */
export const traced =
  <Args extends unknown[], Result>(name: string, call: (...args: Args) => Promise<Result>) =>
  (...args: Args): Promise<Result> =>
    inSpan(name, {}, () => call(...args))

const KINDS = { server: 'SERVER', producer: 'PRODUCER', consumer: 'CONSUMER' } as const

function openSpan(
  { trace, context, SpanKind }: typeof Api,
  name: string,
  { kind, parent, attributes }: SpanOptions,
): { span: Span; inside: Context } {
  const outside = parent === undefined ? context.active() : contextOf(parent)
  const span = trace
    .getTracer('okno')
    .startSpan(
      name,
      { ...(kind ? { kind: SpanKind[KINDS[kind]] } : {}), ...(attributes ? { attributes } : {}) },
      outside,
    )
  return { span, inside: trace.setSpan(outside, span) }
}

/** A span that somebody else ends, and whose work does not lie in one function. */
export interface OpenSpan {
  readonly span: Span
  /** Runs `work` inside the span. */
  enter(work: () => void): void
}

/** Undefined while nothing is traced. */
export function beginSpan(name: string, options: SpanOptions): OpenSpan | undefined {
  const api = otel
  if (!api) return undefined
  const { span, inside } = openSpan(api, name, options)
  return { span, enter: (work) => api.context.with(inside, work) }
}

/** `SpanStatusCode.ERROR` of the API. */
const FAILED = 2

/** The message of an error may hold what a customer wrote, so only its kind is told; the log has the rest under the same trace id. */
export function failSpan(span: Span, error: unknown): void {
  span.setStatus({ code: FAILED })
  span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown')
}

function contextOf(traceparent: string | null): Context {
  if (!otel) throw new Error('Nothing is traced.')
  const { propagation, ROOT_CONTEXT } = otel
  return traceparent === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent })
}

/** The span that runs now, in the form in which it travels and is stored (W3C Trace Context); undefined without one. */
export function traceparent(): string | undefined {
  if (!otel) return undefined
  const carrier: { traceparent?: string } = {}
  otel.propagation.inject(otel.context.active(), carrier)
  return carrier.traceparent
}

/** Notes in the running span that something happened. */
export function noteInSpan(event: string): void {
  otel?.trace.getActiveSpan()?.addEvent(event)
}

/** Fields by which a line of the log is found from its trace, and the other way round. */
export function traceFields(): { traceId?: string; spanId?: string } {
  const running = otel?.trace.getActiveSpan()?.spanContext()
  return running ? { traceId: running.traceId, spanId: running.spanId } : {}
}
