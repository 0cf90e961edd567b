import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTracing, type Tracing } from '#platform/server/start-tracing'
import { openShop, type Shop } from '../../tests/support/api-channel.ts'
import { eventually, type TestOkno, testPlatform } from '../../tests/support/platform.ts'
import { startTraceCollector, type TraceCollector } from '../../tests/support/trace-collector.ts'

let collector: TraceCollector
let tracing: Tracing | undefined
let okno: TestOkno
let shop: Shop
beforeAll(async () => {
  collector = await startTraceCollector()
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url)
  vi.stubEnv('OTEL_SERVICE_NAME', 'okno-of-the-shop')
  vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '20')
  tracing = await startTracing(process.env)
  okno = await testPlatform()
  shop = await openShop(okno)
})
afterAll(async () => {
  await okno.close()
  await tracing?.stop()
  await shop.close()
  await collector.close()
  vi.unstubAllEnvs()
})

const spanOf = (traceId: string, name: string) =>
  collector.spans.find((span) => span.traceId === traceId && span.name === name)

/** Waits until the trace has spans of these names; names what came when it does not. */
const untilTrace = async (traceId: string, names: readonly string[]) => {
  await eventually(() => names.every((name) => spanOf(traceId, name))).catch(() => undefined)
  const own = collector.spans.filter((span) => span.traceId === traceId)
  expect(own.map(({ name }) => name)).toEqual(expect.arrayContaining([...names]))
  return own
}

test('one trace follows a message from its arrival to the event, another one the answer to its delivery', async () => {
  const asked = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
  await shop.write('Когда привезёте?', '1', { traceparent: `00-${asked}-bbbbbbbbbbbbbbbb-01` })
  const conversation = await shop.conversation()

  const spans = await untilTrace(asked, [
    'POST /in/:key',
    'store arrival',
    'read arrival',
    'receive arrivals',
    'identify',
    'route',
  ])
  const arrival = spanOf(asked, 'store arrival')
  expect(spanOf(asked, 'POST /in/:key')?.parentId).toBe('bbbbbbbbbbbbbbbb')
  expect(arrival?.parentId).toBe(spanOf(asked, 'POST /in/:key')?.spanId)
  expect(spanOf(asked, 'read arrival')?.parentId).toBe(arrival?.spanId)
  expect(spanOf(asked, 'receive arrivals')?.events).toContain('inbox.message_added')
  expect(spanOf(asked, 'identify')?.parentId).toBe(spanOf(asked, 'receive arrivals')?.spanId)
  expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['okno-of-the-shop']))

  const answered = 'cccccccccccccccccccccccccccccccc'
  const reply = { text: 'Завтра' }
  const traceparent = `00-${answered}-dddddddddddddddd-01`
  await okno.call('POST', `/conversations/${conversation}/replies`, reply, { traceparent })
  await untilTrace(answered, ['POST /api/v1/conversations/:id/replies', 'send message'])
  expect(spanOf(answered, 'send message')?.parentId).toBe(
    spanOf(answered, 'POST /api/v1/conversations/:id/replies')?.spanId,
  )
  expect(shop.receiver.calls[0]?.headers.traceparent).toBeUndefined()
})

test('no text, address or name of a person leaves with a trace', async () => {
  const told = JSON.stringify(collector.spans)

  expect(told).not.toMatch(/привезёте|Завтра|Покупатель|@/)
})

test('messages that are read together stay in their own traces', async () => {
  const traces = Array.from({ length: 5 }, (_, n) => `${n + 1}`.repeat(32))
  await Promise.all(
    traces.map((trace, n) =>
      shop.write('Есть в наличии?', `b${n}`, { traceparent: `00-${trace}-eeeeeeeeeeeeeeee-01` }),
    ),
  )

  for (const trace of traces) await untilTrace(trace, ['store arrival', 'read arrival', 'receive arrivals'])
})

test.each([
  [{}],
  [{ OTEL_SERVICE_NAME: 'okno' }],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SDK_DISABLED: 'true' }],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_TRACES_EXPORTER: 'none' }],
])('tracing stays off with %o', async (env) => {
  expect(await startTracing(env)).toBeUndefined()
})

test.each([
  [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }],
  [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '7' }],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }],
  [{ OTEL_TRACES_EXPORTER: 'zipkin' }],
])('what cannot be done is said at start: %o', async (env) => {
  const wanted = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', ...env }

  await expect(startTracing(wanted)).rejects.toThrow(new RegExp(Object.keys(env).at(-1) ?? ''))
})
