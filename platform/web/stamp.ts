let last = 0

/**
 * A place in the order in which things happen in this window: what was asked for, what was read, what was heard of. Of two, the later is the greater.
 * A clock would call equal what happens within its finest step.
 */
export const stamp = (): number => ++last
