import { createHmac } from 'node:crypto'

/** Bytes of an answer that are read; the rest is of no interest. */
const MAX_ANSWER_BYTES = 64 * 1024
const MAX_RETRY_AFTER_SECONDS = 86_400

/** What the receiver of a webhook said. `text` is the beginning of its words. */
export interface WebhookAnswer {
  readonly isTaken: boolean
  readonly status: number
  readonly text: string
  /** How long the receiver asks to be left alone; at most a day. */
  readonly retryAfterSeconds: number | undefined
}

/**
 * Posts JSON as Standard Webhooks say (standardwebhooks.com): the same `id` over all tries, the time of this try, a signature by each of
 * `secrets`, so that an old and a new one are valid together. Without secrets it goes unsigned.
 *
 * @param call a guarded fetch: follows no redirects, has a time limit
 * @throws what `call` throws when there is no answer
 */
export async function postWebhook(
  call: typeof fetch,
  { url, ...signed }: { url: string; id: string; body: string; secrets: readonly string[]; at: Date },
): Promise<WebhookAnswer> {
  const response = await call(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'Okno', ...webhookHeaders(signed) },
    body: signed.body,
  })
  const text = await readSome(response)
  const retryAfterSeconds = secondsOf(response.headers.get('retry-after'), signed.at)
  return { isTaken: response.ok, status: response.status, text, retryAfterSeconds }
}

/** A secret `whsec_…` is base64, any other is taken as it is. */
function webhookHeaders(of: {
  id: string
  body: string
  secrets: readonly string[]
  at: Date
}): Record<string, string> {
  const timestamp = String(Math.floor(of.at.getTime() / 1000))
  const headers = { 'webhook-id': of.id, 'webhook-timestamp': timestamp }
  if (of.secrets.length === 0) return headers
  const signatures = of.secrets.map((secret) => {
    const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret
    return `v1,${createHmac('sha256', key).update(`${of.id}.${timestamp}.${of.body}`).digest('base64')}`
  })
  return { ...headers, 'webhook-signature': signatures.join(' ') }
}

/** The header holds seconds or a date (RFC 9110 section 10.2.3). */
function secondsOf(header: string | null, now: Date): number | undefined {
  if (!header) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER_SECONDS) : undefined
}

async function readSome(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk)
      size += chunk.byteLength
      if (size >= MAX_ANSWER_BYTES) break
    }
  } catch {
    return '' // the status line has said what matters; the words after it were cut off
  }
  return Buffer.concat(chunks).toString('utf8').slice(0, MAX_ANSWER_BYTES)
}
