import { createHmac, timingSafeEqual } from 'node:crypto'

/** A captured request cannot be replayed after this. Source: the tolerance that Standard Webhooks and Stripe advise. */
const TOLERANCE_SECONDS = 300

/** True when `header` (`t=<unix seconds>,v1=<hex>`) signs `<t>.<body>` with the secret and is fresh at `at`. */
export function isSigned(of: { header: string | undefined; body: Uint8Array; secret: string; at: Date }): boolean {
  const parts = new Map((of.header ?? '').split(',').map((part) => splitOnce(part.trim())))
  const timestamp = parts.get('t') ?? ''
  const given = parts.get('v1') ?? ''
  if (!/^\d{1,12}$/.test(timestamp) || !/^[0-9a-f]{64}$/i.test(given)) return false
  if (Math.abs(of.at.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false
  const expected = createHmac('sha256', of.secret).update(`${timestamp}.`).update(of.body).digest()
  return timingSafeEqual(expected, Buffer.from(given, 'hex'))
}

function splitOnce(part: string): [key: string, value: string] {
  const at = part.indexOf('=')
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
}
