/** True when the event at `cursor` ('xid-seq', two whole numbers) comes after the place `other`. */
export function isLaterCursor(cursor: string, other: string): boolean {
  const [xid = '', seq = ''] = cursor.split('-')
  const [otherXid = '', otherSeq = ''] = other.split('-')
  return xid === otherXid ? isGreater(seq, otherSeq) : isGreater(xid, otherXid)
}

/** Of whole numbers without leading zeros that may be too great for a number. */
const isGreater = (one: string, other: string) =>
  one.length === other.length ? one > other : one.length > other.length
