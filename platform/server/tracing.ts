import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'

/**
 * Traces by the OpenTelemetry API. Until `startTracing` has run, nothing here makes a span: the work is called and that is all. Names
 * of spans and attributes stand in the code; texts, addresses and names of people never become attributes.
 */
const tracer = trace.getTracer('okno')
let isOn = false

/** Called once by `startTracing`, and with false when it ends. */
export const setTracing = (on: boolean): void => {
  isOn = on
}
export const isTracing = (): boolean => isOn

export interface SpanOptions {
  readonly kind?: 'server' | 'producer' | 'consumer'
  /** The span it belongs to: the one that runs when left out, that of a stored `traceparent`, or none (null) for a trace of its own. */
  readonly parent?: string | null | undefined
  readonly attributes?: Readonly<Record<string, string | number | boolean>>
}

const KINDS = { server: SpanKind.SERVER, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER }

/** Runs `work` inside a span, which ends with it and tells whether it failed. */
export function inSpan<Result>(
  name: string,
  options: SpanOptions,
  work: (span: Span | undefined) => Promise<Result>,
): Promise<Result> {
  if (!isOn) return work(undefined)
  const { span, inside } = openSpan(name, options)
  return context.with(inside, async () => {
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
  if (!isOn) return work()
  const [first = null, ...others] = new Set(parents.filter((parent) => parent !== undefined))
  const attributes = { 'okno.batch': parents.length }
  const beside = others.map((parent) => openSpan(name, { kind: 'consumer', parent, attributes }).span)
  return inSpan(name, { kind: 'consumer', parent: first, attributes }, work).finally(() => {
    for (const span of beside) span.end()
  })
}

/** The same function, each call of which is a span. */
export const traced =
  <Args extends unknown[], Result>(name: string, call: (...args: Args) => Promise<Result>) =>
  (...args: Args): Promise<Result> =>
    inSpan(name, {}, () => call(...args))

/** Opens a span that somebody else ends; `inside` is the context in which its work runs. */
export function openSpan(name: string, { kind, parent, attributes }: SpanOptions): { span: Span; inside: Context } {
  const outside = parent === undefined ? context.active() : contextOf(parent)
  const span = tracer.startSpan(
    name,
    { ...(kind ? { kind: KINDS[kind] } : {}), ...(attributes ? { attributes } : {}) },
    outside,
  )
  return { span, inside: trace.setSpan(outside, span) }
}

/** The message of an error may hold what a customer wrote, so only its kind is told; the log has the rest under the same trace id. */
export function failSpan(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR })
  span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown')
}

const contextOf = (traceparent: string | null): Context =>
  traceparent === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent })

/** The span that runs now, in the form in which it travels and is stored (W3C Trace Context); undefined without one. */
export function traceparent(): string | undefined {
  if (!isOn) return undefined
  const carrier: { traceparent?: string } = {}
  propagation.inject(context.active(), carrier)
  return carrier.traceparent
}

/** Notes in the running span that something happened. */
export function noteInSpan(event: string): void {
  if (isOn) trace.getActiveSpan()?.addEvent(event)
}

/** Fields by which a line of the log is found from its trace, and the other way round. */
export function traceFields(): { traceId?: string; spanId?: string } {
  const running = isOn ? trace.getActiveSpan()?.spanContext() : undefined
  return running ? { traceId: running.traceId, spanId: running.spanId } : {}
}
