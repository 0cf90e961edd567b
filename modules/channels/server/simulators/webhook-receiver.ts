import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One call that the simulated business system got. */
export interface ReceivedCall {
  readonly at: Date
  /** Path that was called, with its slash. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Status that was answered; null when the connection was cut instead. */
  readonly status: number | null
}

/** How the next calls are answered. `cut` = taken, but the line breaks before the answer. */
export type Behaviour =
  | { kind: 'answer'; status: number; headers?: Record<string, string>; delayMs?: number; body?: string }
  | { kind: 'cut' }

export interface WebhookReceiver {
  readonly url: string
  readonly calls: readonly ReceivedCall[]
  /** Applies to all calls from now on, or to the next `times` ones. */
  behave(behaviour: Behaviour, times?: number): void
  /** Calls answered 2xx, once per `webhook-id`: what a careful business system would have taken. */
  taken(): Map<string, ReceivedCall>
  close(): Promise<void>
}

const FINE: Behaviour = { kind: 'answer', status: 200 }
const MAX_KEPT = 1000

/** A business system that gets answers by webhook: a real HTTP server that can be slow, refuse, fail, or vanish after having taken. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const calls: ReceivedCall[] = []
  let usual: Behaviour = FINE
  let exceptions: Behaviour[] = []

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const behaviour = exceptions.shift() ?? usual
    const status = behaviour.kind === 'answer' ? behaviour.status : null
    calls.push({
      at: new Date(),
      path: request.url ?? '/',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      status,
    })
    if (calls.length > MAX_KEPT) calls.shift()
    if (behaviour.kind === 'cut') return request.socket.destroy()
    if (behaviour.delayMs) await new Promise((resolve) => setTimeout(resolve, behaviour.delayMs))
    response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server has one

  return {
    url: `http://127.0.0.1:${port}/`,
    calls,
    behave: (behaviour, times) => {
      if (times === undefined) usual = behaviour
      else exceptions = Array.from({ length: times }, () => behaviour)
    },
    taken: () =>
      new Map(
        calls
          .filter(({ status }) => status === null || (status >= 200 && status < 300))
          .map((call) => [String(call.headers['webhook-id']), call]),
      ),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
