import { expect, test } from 'vitest'
import { healthCause } from './health-cause.ts'

test.each([
  ['connect ECONNREFUSED 127.0.0.1:9', 'refused'],
  ['getaddrinfo ENOTFOUND mail.exmaple.com', 'no_host'],
  ['Invalid login: 535 5.7.8 Error: authentication failed: Invalid user or password', 'sign_in'],
  ['3 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)', 'sign_in'],
  ['self-signed certificate', 'certificate'],
  ['write EPROTO 0A00010B:SSL routines:tls_validate_record_header:wrong version number', 'tls'],
  ['Connection timeout ETIMEDOUT', 'silent'],
  ['The server did not answer within a minute.', 'silent'],
  ['read ECONNRESET', 'broken'],
  ['The moon is in the wrong phase.', null],
])('%s', (reason, cause) => {
  expect(healthCause(reason)).toBe(cause)
})
