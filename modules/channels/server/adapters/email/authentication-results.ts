import type { Mail } from './parse-mail.ts'

/** Whether From is what it says: by DKIM, SPF and DMARC of the server that took the mail in. */
export type Authentication = 'pass' | 'fail' | 'none'

/**
 * The verdict of our own SMTP server (`okno-auth`) or, for mail read by IMAP, of the mailbox's server: the topmost
 * Authentication-Results (RFC 8601). A forged one gains nothing: `none` counts like `pass`, so only `fail` has an effect.
 */
export function authenticationOf(mail: Mail, verdict: string | undefined): Authentication {
  if (verdict === 'pass' || verdict === 'fail' || verdict === 'none') return verdict
  const results = mail.header('authentication-results').toLowerCase()
  if (/\bdmarc\s*=\s*pass\b/.test(results)) return 'pass'
  if (/\bdmarc\s*=\s*fail\b/.test(results)) return 'fail'
  return 'none'
}
