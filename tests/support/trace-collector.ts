import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** A span as it went over the wire. Ids are hexadecimal. */
export interface CollectedSpan {
  readonly service: string
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly events: readonly string[]
  readonly hasFailed: boolean
}

export interface TraceCollector {
  /** Value of `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string
  readonly spans: readonly CollectedSpan[]
  close(): Promise<void>
}

/** An OpenTelemetry collector that takes OTLP over HTTP in protobuf, as `opentelemetry-proto` describes it, and keeps what it was told. */
export async function startTraceCollector(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const isFine = request.url === '/v1/traces' && request.headers['content-type'] === 'application/x-protobuf'
    if (isFine) spans.push(...readRequest(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body))
    response.writeHead(isFine ? 200 : 400, { 'content-type': 'application/x-protobuf' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Field numbers of ExportTraceServiceRequest, ResourceSpans, ScopeSpans and Span. */
function readRequest(body: Buffer): CollectedSpan[] {
  return many(body, 1).flatMap((resourceSpans) => {
    const service = many(one(resourceSpans, 1), 1)
      .filter((attribute) => text(attribute, 1) === 'service.name')
      .map((attribute) => text(one(attribute, 2), 1))
    return many(resourceSpans, 2)
      .flatMap((scopeSpans) => many(scopeSpans, 2))
      .map((span) => ({
        service: service[0] ?? '',
        traceId: one(span, 1).toString('hex'),
        spanId: one(span, 2).toString('hex'),
        parentId: one(span, 4).toString('hex'),
        name: text(span, 5),
        events: many(span, 11).map((event) => text(event, 2)),
        hasFailed: fields(one(span, 15)).some(({ number, value }) => number === 3 && value === 2n),
      }))
  })
}

interface Field {
  readonly number: number
  /** Bytes of a string, message or fixed number; a bigint of a varint. */
  readonly value: Buffer | bigint
}

const many = (message: Buffer, number: number): Buffer[] =>
  fields(message).flatMap((field) => (field.number === number && Buffer.isBuffer(field.value) ? [field.value] : []))
const one = (message: Buffer, number: number): Buffer => many(message, number)[0] ?? Buffer.alloc(0)
const text = (message: Buffer, number: number): string => one(message, number).toString()

/** The protobuf wire format: https://protobuf.dev/programming-guides/encoding */
function fields(message: Buffer): Field[] {
  const found: Field[] = []
  let at = 0
  const varint = () => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++]
      if (byte === undefined) throw new Error('The message ends in the middle of a number.')
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  const bytes = (length: number) => {
    at += length
    return message.subarray(at - length, at)
  }
  while (at < message.length) {
    const tag = Number(varint())
    const number = tag >> 3
    const wireType = tag & 7
    if (wireType === 0) found.push({ number, value: varint() })
    else if (wireType === 1) found.push({ number, value: bytes(8) })
    else if (wireType === 2) found.push({ number, value: bytes(Number(varint())) })
    else if (wireType === 5) found.push({ number, value: bytes(4) })
    else throw new Error(`Unknown wire type ${wireType}.`)
  }
  return found
}
