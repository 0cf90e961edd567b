import type { DNSResolver } from 'mailauth'
import type { Authentication } from './authentication-results.ts'

/**
 * Verdict of DKIM, SPF and DMARC on a mail that our SMTP server got. Asks DNS, so it runs at intake and never in `normalise`.
 * `fail` when the mail breaks a policy (quarantine or reject) that the owner of the From domain published, or names no single sender;
 * anything weaker would mark honest mail of badly configured companies. `none` when DNS does not answer.
 * The library is loaded with the first mail: its 50 MB are for those who receive mail by SMTP.
 */
export async function verifyAuthentication(
  mail: { body: Uint8Array; envelopeFrom: string; ip: string; helo: string },
  resolver?: DNSResolver,
): Promise<Authentication> {
  const { authenticate } = await import('mailauth')
  const { dmarc } = await authenticate(Buffer.from(mail.body), {
    sender: mail.envelopeFrom,
    ip: mail.ip.replace(/^::ffff:/, ''),
    helo: mail.helo,
    disableArc: true,
    disableBimi: true,
    ...(resolver ? { resolver } : {}),
  })
  // The library gives no verdict when there is no From or more than one: the way to show one sender and prove another.
  if (!dmarc) return 'fail'
  if (dmarc.status.result === 'pass') return 'pass'
  return dmarc.status.result === 'fail' && dmarc.policy !== 'none' ? 'fail' : 'none'
}
