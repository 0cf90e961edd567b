const OWN_MACHINE = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i
/** Ports on which TLS begins with the first byte: RFC 8314. */
const TLS_PORTS = new Set([465, 993])

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A mail server's settings in the words of mail programs and libraries (`secure`, `auth: {user, pass}`, `username`, `pass`) as our own.
 * Where nothing is said of security it follows from the port; a server on the same machine may do without. Anything else is left as it
 * is, for the schema to judge.
 */
export function mailServer(given: unknown): unknown {
  if (!isObject(given)) return given
  const { secure, tls, auth, username, pass, ...own } = given
  const credentials = isObject(auth) ? auth : {}
  const words: Record<string, unknown> = {
    user: credentials.user ?? username,
    password: credentials.pass ?? credentials.password ?? pass,
    security: securityOf(own, secure ?? tls),
  }
  for (const [name, value] of Object.entries(words))
    if (own[name] === undefined && value !== undefined) own[name] = value
  return own
}

function securityOf({ host, port }: Record<string, unknown>, secure: unknown): string {
  if (secure === true || TLS_PORTS.has(Number(port))) return 'tls'
  if (secure === false || OWN_MACHINE.test(String(host))) return 'when_offered'
  return 'starttls'
}
