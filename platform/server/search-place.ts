import { isUuid } from '#platform/shared/ids'

/** By what a thing was found; a later way only finds what the earlier ones did not. */
const ways = ['beginning', 'words', 'part', 'recent_part', 'meant'] as const
export type Way = (typeof ways)[number]

/** Where a find stands among all: `at` is its moment in microseconds, as text. The finding goes on behind it. */
export interface Place {
  readonly way: Way
  readonly at: string
  readonly id: string
}

const MICROSECONDS = 1000
export const momentOf = ({ at }: Place): Date => new Date(Number(at) / MICROSECONDS)

/** A place as a cursor kept it; undefined for what never was one. */
export function readFoundPlace([way, at, id]: readonly unknown[]): Place | undefined {
  const known = ways.find((one) => one === way)
  const isRight = typeof at === 'string' && /^-?\d{1,16}$/.test(at) && typeof id === 'string' && isUuid(id)
  return known && isRight ? { way: known, at, id } : undefined
}
