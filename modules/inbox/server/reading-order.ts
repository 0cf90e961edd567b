/**
 * Messages in the order in which they are read: by their place, but what the customer sent in one go stands as it was said, even when
 * the provider handed it over in another order. An answer never moves before or behind what its writer had seen.
 */
export function inReadingOrder<Said extends { seq: number; direction: string; sentAt: Date }>(
  messages: readonly Said[],
): Said[] {
  const runs: Said[][] = []
  for (const message of messages.toSorted((a, b) => a.seq - b.seq)) {
    const run = runs.at(-1)
    if (run?.[0]?.direction === 'in' && message.direction === 'in') run.push(message)
    else runs.push([message])
  }
  return runs.flatMap((run) => run.sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime() || a.seq - b.seq))
}
