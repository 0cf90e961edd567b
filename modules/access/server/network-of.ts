import { isIPv6 } from 'node:net'

/** Groups of 16 bits by which a network of IPv6 is told from others; what follows its holder gives out as they like. */
const NETWORK_GROUPS = 4
const GROUPS = 8

/**
 * Whom an address stands for when guesses are counted: itself, or with IPv6 the /64 that it is from, as one customer of a provider holds at least
 * 2^64 of them.
 */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip
  const inside = /^::ffff:([\d.]+)$/i.exec(ip)?.[1]
  if (inside) return inside
  const [head = '', tail = ''] = ip.split('%', 1).join().split('::')
  const [left, right] = [head, tail].map((part) => (part === '' ? [] : part.split(':')))
  // An IPv4 address at the end takes the room of two groups, and stands behind the network anyway.
  const taken = (left?.length ?? 0) + (right?.length ?? 0) + (tail.includes('.') ? 1 : 0)
  const all = [...(left ?? []), ...Array<string>(Math.max(0, GROUPS - taken)).fill('0'), ...(right ?? [])]
  return `${all
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
