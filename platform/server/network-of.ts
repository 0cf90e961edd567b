import { isIPv6 } from 'node:net'

/**
 * Whom an address stands for when something is counted by address: itself, or with IPv6 the /64 that it is from (`2001:db8:0:0::/64`), as one
 * household or one rented server has 2⁶⁴ addresses in it. An IPv4 address written as IPv6 is the IPv4 address.
 */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip
  const inside = /^::ffff:([\d.]+)$/i.exec(ip)?.[1]
  if (inside) return inside
  // An address in a URL is written in one way only: in hex, with `::` for the longest run of zeros.
  const written = new URL(`http://[${ip.replace(/%.*$/, '')}]`).hostname.slice(1, -1)
  const [before = [], after = []] = written.split('::').map((part) => (part === '' ? [] : part.split(':')))
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}
