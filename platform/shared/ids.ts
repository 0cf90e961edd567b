/** A string that names one kind of thing, so that ids of different things cannot be mixed up. */
export type Id<Kind extends string> = string & { readonly __kind?: Kind }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** True for a lower-case UUID of any version: the only form in which ids travel through Okno. */
export const isUuid = (value: string): boolean => UUID.test(value)

let lastMs = 0
let counter = 0

/** Random bytes are drawn for many ids at once: a call for each costs more than the rest of it. */
const pool = new Uint8Array(16 * 128)
let drawn = pool.length
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * A new UUIDv7 (RFC 9562, method 1): 48 bits of milliseconds, then a 12-bit counter that keeps ids of one process in order
 * within one millisecond, then 62 random bits. Ordered ids keep B-tree inserts at the right edge.
 */
export function newId<Kind extends string>(nowMs: number = Date.now()): Id<Kind> {
  if (nowMs > lastMs) {
    lastMs = nowMs
    counter = 0
  } else if (++counter > 0xfff) {
    lastMs++
    counter = 0
  }
  if (drawn === pool.length) {
    crypto.getRandomValues(pool)
    drawn = 0
  }
  const bytes = pool.subarray(drawn, drawn + 16)
  drawn += 16
  let ms = lastMs
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256
    ms = Math.floor(ms / 256)
  }
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  let hex = ''
  for (const byte of bytes) hex += HEX[byte]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
