/** One answer as its receiver noted it. */
export interface Received {
  readonly mark: string
  /** By the machine's clock, milliseconds. */
  readonly atMs: number
}

/** What tells an answer from every other one, in its text: its conversation and its place there. */
export const markOf = (conversation: number | string, place: number) => `answer ${conversation}/${place}.`

export const markIn = (body: string): string => /answer (\w+\/\d+)\./.exec(body)?.[1] ?? 'unreadable'

/** How the received answers differ from those sent: each exactly once, in order within its conversation. */
export function compareAnswers(
  received: readonly Received[],
  sent: number,
): { lost: number; repeated: number; outOfOrder: number } {
  const seen = new Set<string>()
  const last = new Map<string, number>()
  let repeated = 0
  let outOfOrder = 0
  for (const { mark } of received) {
    if (seen.has(mark)) repeated++
    seen.add(mark)
    const [conversation = '', place = ''] = mark.split('/')
    if (Number(place) < (last.get(conversation) ?? 0)) outOfOrder++
    last.set(conversation, Number(place))
  }
  return { lost: sent - seen.size, repeated, outOfOrder }
}
