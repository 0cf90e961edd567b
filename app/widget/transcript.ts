import type { ChatEntry } from '#modules/channels/contract'

/** Entries as the widget knows them: in order, each once. */
export interface Transcript {
  readonly entries: readonly ChatEntry[]
  readonly lastSeq: number
  /** True when there are older entries on the server. */
  readonly hasOlder: boolean
}

export const emptyTranscript: Transcript = { entries: [], lastSeq: 0, hasOlder: false }

/** Takes in entries of any order and origin. Where there would be a hole, what lies before it is given up: it can be loaded again. */
export function merge(transcript: Transcript, incoming: readonly ChatEntry[]): Transcript {
  const bySeq = new Map([...transcript.entries, ...incoming].map((entry) => [entry.seq, entry]))
  const sorted = [...bySeq.values()].sort((a, b) => a.seq - b.seq)
  let from = sorted.length - 1
  while (from > 0 && sorted[from - 1]?.seq === (sorted[from]?.seq ?? 0) - 1) from--
  const entries = sorted.slice(Math.max(from, 0))
  const first = entries[0]?.seq ?? 1
  return { entries, lastSeq: entries.at(-1)?.seq ?? transcript.lastSeq, hasOlder: first > 1 }
}

/** True when something between what is known and `seq` is missing. */
export const isMissingBefore = ({ lastSeq }: Transcript, seq: number): boolean => seq > lastSeq + 1

/** Answers after the last one seen. */
export const countUnread = ({ entries }: Transcript, readSeq: number): number =>
  entries.filter(({ seq, direction }) => direction === 'out' && seq > readSeq).length
