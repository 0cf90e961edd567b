import { lookup as resolveName } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Ends a call to somebody else's server, headers and body together. */
const TIMEOUT_MS = 10_000

/** Networks that are not the public internet. Source: IANA special-purpose registries for IPv4 and IPv6, checked 2026-11. */
const PRIVATE: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]

const blocked = new BlockList()
for (const [network, prefix] of PRIVATE) blocked.addSubnet(network, prefix, isIP(network) === 4 ? 'ipv4' : 'ipv6')

/** True for an address outside the public internet; IPv4 inside IPv6 (`::ffff:10.0.0.1`) counts as what it is. */
export const isPrivateAddress = (address: string): boolean =>
  isIP(address) === 0 || blocked.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')

/** A request to an address where only our own machines are. */
export class PrivateAddress extends Error {
  readonly code = 'EPRIVATE'
}

/** Resolves as usual, but refuses when any answer is private: the connection then goes to exactly the address that was checked. */
const publicLookup: LookupFunction = (hostname, options, done) =>
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, [])
    const bad = addresses.find(({ address }) => isPrivateAddress(address))
    if (bad) return done(new PrivateAddress(`${hostname} leads to the private address ${bad.address}.`), [])
    const first = addresses[0]
    if (options.all || !first) return done(null, addresses)
    done(null, first.address, first.family)
  })

/**
 * `fetch` for addresses that somebody typed. Follows no redirects and ends after 10 s. With `allowPrivate: false` it rejects with
 * `PrivateAddress` as the cause where the name or number leads into a private network.
 */
export function createGuardedFetch({ allowPrivate }: { allowPrivate: boolean }): typeof fetch {
  let opening: ReturnType<typeof openAgent> | undefined
  const guarded = async (input: string | URL, init: RequestInit = {}) => {
    opening ??= openAgent(allowPrivate)
    const { undiciFetch, dispatcher } = await opening
    return await undiciFetch(input, {
      ...(init as object), // the same shapes, declared twice: by Node and by undici
      dispatcher,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(init.signal ? [init.signal] : [])]),
    })
  }
  return guarded as unknown as typeof fetch // undici's own Response is the one that Node has built in
}

/** The library is loaded with the first call: an Okno that calls nobody does without its memory. */
async function openAgent(allowPrivate: boolean) {
  const { Agent, buildConnector, fetch: undiciFetch } = await import('undici')
  const options = { timeout: TIMEOUT_MS }
  const connect = buildConnector(allowPrivate ? options : { ...options, lookup: publicLookup })
  const dispatcher = new Agent({
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    connect: (target, done) => {
      // A number is not looked up, so it is checked here.
      const host = target.hostname.replace(/^\[|\]$/g, '')
      if (!allowPrivate && isIP(host) !== 0 && isPrivateAddress(host)) {
        done(new PrivateAddress(`${host} is a private address.`), null)
      } else connect(target, done)
    },
  })
  return { undiciFetch, dispatcher }
}
