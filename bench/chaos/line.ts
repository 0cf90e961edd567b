import type { SeenConversation, SeenMessage } from './witness.ts'

/** A line of the final account: `wrong` names every case that must not be. */
export interface Line {
  readonly title: string
  readonly count: number
  readonly wrong?: readonly string[]
}

export const wrong = (title: string, cases: readonly string[]): Line => ({ title, count: cases.length, wrong: cases })

export interface Place {
  readonly conversation: SeenConversation
  readonly message: SeenMessage
}

/** Where messages of one direction stand, by what they are recognised by. */
export function placesOf(
  seen: readonly SeenConversation[],
  direction: SeenMessage['direction'],
  keyOf: (message: SeenMessage) => string,
): Map<string, Place[]> {
  const places = seen.flatMap((conversation) =>
    conversation.messages
      .filter((one) => one.direction === direction)
      .map((message): Place => ({ conversation, message })),
  )
  return Map.groupBy(places, ({ message }) => keyOf(message))
}

/** Names of those that stand before something that was over when they began. */
export function inverted(
  spans: readonly { name: string; from: number; to: number | undefined; place: number | undefined }[],
): string[] {
  return spans.flatMap((later) =>
    spans.some(
      (earlier) =>
        earlier.to !== undefined &&
        earlier.to < later.from &&
        earlier.place !== undefined &&
        later.place !== undefined &&
        earlier.place > later.place,
    )
      ? [later.name]
      : [],
  )
}
