import type { WebhookEvent } from './api.ts'

/** A captured request cannot be repeated after this. Source: the tolerance that Standard Webhooks advise. */
const TOLERANCE_SECONDS = 300

/** A request that is not signed by Okno, or is too old. Answer 401 and forget it. */
export class WebhookNotGenuine extends Error {}

/**
 * The event in a webhook request, after its signature was checked. `body` is the text exactly as it came: JSON that was parsed and written again is
 * another text. Keep `id` for a while and drop what you have: an event comes at least once.
 *
 * @param headers a `Headers`, or an object with names in lower case
 * @param secret `whsec_…`; several while they change over
 * @throws WebhookNotGenuine
 */
export async function verifyWebhook(of: {
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  body: string
  secret: string | readonly string[]
  now?: Date
}): Promise<WebhookEvent> {
  const { headers, body, secret, now = new Date() } = of
  const header = (name: string) => String((headers instanceof Headers ? headers.get(name) : headers[name]) ?? '')
  const id = header('webhook-id')
  const timestamp = header('webhook-timestamp')
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookNotGenuine('The request has no time.')
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS)
    throw new WebhookNotGenuine('The request is too old.')
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const given = header('webhook-signature')
    .split(' ')
    .flatMap((one) => (one.startsWith('v1,') ? [one.slice('v1,'.length)] : []))
  for (const one of [secret].flat()) {
    const key = await importKey(one)
    // The comparison of the platform takes the same time whatever is given.
    for (const signature of given) {
      const bytes = fromBase64(signature)
      if (bytes && (await crypto.subtle.verify('HMAC', key, bytes, signed))) return JSON.parse(body) as WebhookEvent
    }
  }
  throw new WebhookNotGenuine('The signature is not right.')
}

async function importKey(secret: string): Promise<CryptoKey> {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''))
  if (!bytes) throw new TypeError('The secret is not one of a webhook.')
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]+=*$/.test(text) || text.length % 4 !== 0) return undefined
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
