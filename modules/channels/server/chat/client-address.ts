import { BlockList, isIP } from 'node:net'

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
 * ours. Null when only private addresses are known: a limit would hit everybody behind that proxy at once. Of IPv6 it is the network,
 * `2001:db8:0:0::/64`: that is what one household or one rented server has, with 2⁶⁴ addresses in it.
 */
export function clientAddress(peer: string, forwardedFor: string | string[] | undefined): string | null {
  const hops = [...String(forwardedFor ?? '').split(','), peer].map((hop) => hop.trim().replace(/^::ffff:/i, ''))
  for (const hop of hops.reverse()) {
    const version = isIP(hop)
    if (version === 0) return null
    if (!own.check(hop, version === 6 ? 'ipv6' : 'ipv4')) return version === 6 ? networkOf(hop) : hop
  }
  return null
}

function networkOf(address: string): string {
  // An address in a URL is written in one way only: in hex, with `::` for the longest run of zeros.
  const written = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1)
  const [before = [], after = []] = written.split('::').map((part) => (part === '' ? [] : part.split(':')))
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}
