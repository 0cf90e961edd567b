import { BlockList, isIP } from 'node:net'
import { networkOf } from '#platform/server/network-of'

const own = new BlockList()
for (const [address, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  own.addSubnet(address, bits, 'ipv4')
}
own.addAddress('::1', 'ipv6')
own.addSubnet('fc00::', 7, 'ipv6')
own.addSubnet('fe80::', 10, 'ipv6')

/**
 * The address of the one who connects. Behind own proxies (private addresses) it is the last address in `X-Forwarded-For` that is not
 * ours. Null when only private addresses are known: a limit would hit everybody behind that proxy at once. Of IPv6 it is the
 * network.
 */
export function clientAddress(peer: string, forwardedFor: string | string[] | undefined): string | null {
  const hops = [...String(forwardedFor ?? '').split(','), peer].map((hop) => hop.trim().replace(/^::ffff:/i, ''))
  for (const hop of hops.reverse()) {
    const version = isIP(hop)
    if (version === 0) return null
    if (!own.check(hop, version === 6 ? 'ipv6' : 'ipv4')) return networkOf(hop)
  }
  return null
}
