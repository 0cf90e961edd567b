import { authenticate } from 'mailauth'
import type { Authentication } from './authentication-results.ts'

/**
 * Verdict of DKIM, SPF and DMARC on a mail that our SMTP server got. Asks DNS, so it runs at intake and never in `normalise`.
 * `fail` only when the domain's owner has published a DMARC policy and the mail breaks it: anything weaker would mark honest mail of
 * badly configured companies. Rejects when DNS does not work at all.
 */
export async function verifyAuthentication(mail: {
  body: Uint8Array
  envelopeFrom: string
  ip: string
  helo: string
}): Promise<Authentication> {
  const result = await authenticate(Buffer.from(mail.body), {
    sender: mail.envelopeFrom,
    ip: mail.ip.replace(/^::ffff:/, ''),
    helo: mail.helo,
    disableArc: true,
    disableBimi: true,
  })
  const verdict = result.dmarc ? result.dmarc.status.result : 'none'
  if (verdict === 'pass') return 'pass'
  return verdict === 'fail' ? 'fail' : 'none'
}
