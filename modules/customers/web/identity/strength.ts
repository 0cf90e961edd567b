/** From how many bits on evidence is called clear, strong, very strong: seen about 3, 16 and 128 times as often in one case as in the other. */
const STEPS = [1.6, 4, 7] as const
/** Less than this, half as often again, decides nothing. */
const HARDLY = 0.6

export interface Strength {
  readonly speaks: 'for' | 'against'
  /** 0 = hardly matters, 4 = very strong. */
  readonly level: 0 | 1 | 2 | 3 | 4
  /** How many times as often this is seen in one person as in two, or in two as in one; at least 1. */
  readonly times: number
}

/** A weight in bits as people understand it. */
export function strengthOf(weight: number): Strength {
  const size = Math.abs(weight)
  const passed = STEPS.filter((step) => size >= step).length
  return {
    speaks: weight >= 0 ? 'for' : 'against',
    // Three steps make four levels.
    level: size < HARDLY ? 0 : ((1 + passed) as 1 | 2 | 3 | 4),
    times: 2 ** size,
  }
}
