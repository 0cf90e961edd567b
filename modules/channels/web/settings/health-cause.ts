/** Words that providers and systems use for the usual troubles; the first that fits tells what to look at. */
const CAUSES = [
  ['refused', /ECONNREFUSED/],
  ['no_host', /ENOTFOUND|EAI_AGAIN|getaddrinfo/],
  [
    'sign_in',
    /\b535\b|AUTHENTICATIONFAILED|invalid (login|credentials)|authentication (failed|unsuccessful)|not authenticated/i,
  ],
  ['certificate', /certificate|self.signed|CERT_/i],
  ['tls', /wrong version number|SSL routines|EPROTO|STARTTLS/i],
  ['silent', /ETIMEDOUT|ESOCKET|timed? ?out|did not answer/i],
  ['broken', /ECONNRESET|socket hang up|closed unexpectedly|EPIPE/i],
] as const
export type HealthCause = (typeof CAUSES)[number][0]

/** What most likely keeps an account from working; null when its own words must do. */
export const healthCause = (reason: string): HealthCause | null =>
  CAUSES.find(([, words]) => words.test(reason))?.[0] ?? null
