import type { Sampler, SpanProcessor } from '@opentelemetry/sdk-trace'
import { ConfigError } from './config.ts'
import { setTracing } from './tracing.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A collector that does not answer must not hold up the end of the process. */
const STOP_MS = 1500

export interface Tracing {
  /** Hands over what is left; at most 1.5 s. */
  stop(): Promise<void>
}

/**
 * Sends traces to an OpenTelemetry collector when the standard variables say so: `OTEL_EXPORTER_OTLP_ENDPOINT` (or `…_TRACES_ENDPOINT`)
 * switches them on, `OTEL_SDK_DISABLED=true` and `OTEL_TRACES_EXPORTER=none` off. The packages are loaded only then. Headers, timeout, compression
 * and certificates are read by the exporter under their standard names.
 *
 * @throws ConfigError for a value that is not known
 */
export async function startTracing(env: Environment): Promise<Tracing | undefined> {
  if (!isWanted(env)) return undefined
  assertKnown(env)
  const [
    api,
    { AsyncLocalStorageContextManager },
    { W3CTraceContextPropagator },
    { OTLPTraceExporter },
    sdk,
    resources,
  ] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/resources'),
  ])
  const processor: SpanProcessor = new sdk.BatchSpanProcessor({
    exporter: new OTLPTraceExporter(),
    ...numbers(env, {
      scheduledDelayMillis: 'OTEL_BSP_SCHEDULE_DELAY',
      exportTimeoutMillis: 'OTEL_BSP_EXPORT_TIMEOUT',
      maxQueueSize: 'OTEL_BSP_MAX_QUEUE_SIZE',
      maxExportBatchSize: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
    }),
  })
  const provider = new sdk.TracerProvider({
    // What the operator of the machine says about the service goes above what we say.
    resource: resources
      .resourceFromAttributes({ 'service.name': 'okno' })
      .merge(resources.detectResources({ detectors: [resources.envDetector, resources.hostDetector] })),
    sampler: samplerOf(env, sdk),
    spanProcessors: [processor],
  })
  const contexts = new AsyncLocalStorageContextManager()
  contexts.enable()
  api.context.setGlobalContextManager(contexts)
  api.propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  api.trace.setGlobalTracerProvider(provider)
  setTracing(api)
  return {
    stop: async () => {
      setTracing(undefined)
      const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref())
      await Promise.race([provider.shutdown().catch(() => undefined), late])
      api.trace.disable()
      api.context.disable()
      api.propagation.disable()
    },
  }
}

function isWanted(env: Environment): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return false
  return Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)
}

const SAMPLERS = /^(parentbased_)?(always_on|always_off|traceidratio)$/

/** What we cannot do must not pass silently. */
function assertKnown(env: Environment): void {
  const exporter = env.OTEL_TRACES_EXPORTER || 'otlp'
  if (exporter !== 'otlp') throw new ConfigError(`OTEL_TRACES_EXPORTER must be "otlp" or "none", got "${exporter}"`)
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL || 'http/protobuf'
  if (protocol !== 'http/protobuf')
    throw new ConfigError(`OTEL_EXPORTER_OTLP_PROTOCOL must be "http/protobuf", got "${protocol}"`)
  const sampler = env.OTEL_TRACES_SAMPLER || 'parentbased_always_on'
  if (!SAMPLERS.test(sampler))
    throw new ConfigError(
      `OTEL_TRACES_SAMPLER must be always_on, always_off or traceidratio, alone or behind "parentbased_", got "${sampler}"`,
    )
  const ratio = Number(env.OTEL_TRACES_SAMPLER_ARG || 1)
  if (!(ratio >= 0 && ratio <= 1))
    throw new ConfigError(`OTEL_TRACES_SAMPLER_ARG must be from 0 to 1, got "${env.OTEL_TRACES_SAMPLER_ARG}"`)
}

function samplerOf(env: Environment, sdk: typeof import('@opentelemetry/sdk-trace')): Sampler {
  const name = env.OTEL_TRACES_SAMPLER || 'parentbased_always_on'
  const root = name.endsWith('always_on')
    ? new sdk.AlwaysOnSampler()
    : name.endsWith('always_off')
      ? new sdk.AlwaysOffSampler()
      : new sdk.TraceIdRatioBasedSampler(Number(env.OTEL_TRACES_SAMPLER_ARG || 1))
  return name.startsWith('parentbased_') ? new sdk.ParentBasedSampler({ root }) : root
}

/** Those of the variables that are set, as numbers, under the names of the options. */
function numbers<Name extends string>(env: Environment, names: Record<Name, string>): Partial<Record<Name, number>> {
  const set: Partial<Record<Name, number>> = {}
  for (const [option, variable] of Object.entries<string>(names)) {
    const value = Number(env[variable] || Number.NaN)
    if (value > 0) Object.assign(set, { [option]: value })
  }
  return set
}
