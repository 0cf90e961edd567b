/** One message of a customer, as its sender knows it. */
export interface Written {
  readonly thread: string
  readonly n: number
  readonly channel: 'api' | 'email'
  readonly hasFile: boolean
  readonly startedAt: number
  /** When a server said that it has the message; until then the sender repeats it. */
  acknowledgedAt: number | undefined
}

/** One answer of an operator, as its writer knows it. */
export interface Answered {
  readonly key: string
  readonly conversationId: string
  readonly channel: string
  readonly startedAt: number
  confirmedAt: number | undefined
}

/** One time that an answer reached the customer's side. */
export interface Receipt {
  /** What the customer's side knows the answer by: Message-ID or webhook-id. */
  readonly id: string
  readonly channel: 'api' | 'email'
  readonly at: number
}

/** What those around Okno know: kept here, never read back from the product. Moments are of one clock, in milliseconds. */
export class Ledger {
  readonly written: Written[] = []
  readonly answers = new Map<string, Answered>()
  readonly receipts = new Map<string, Receipt[]>()
  /** Answers of Okno that are wrong at any time, whatever was killed. */
  readonly refusals: string[] = []
  sentAgain = 0
  copies = 0
  cutLines = 0

  received(key: string, channel: Receipt['channel'], id: string): void {
    this.receipts.set(key, [...(this.receipts.get(key) ?? []), { id, channel, at: performance.now() }])
  }

  acknowledged(): Written[] {
    return this.written.filter((one) => one.acknowledgedAt !== undefined)
  }
}

/** Words by which a message is recognised wherever it turns up. */
export const wordsOf = ({ thread, n }: Pick<Written, 'thread' | 'n'>) => `word ${thread} ${n}.`
export const answerWords = (key: string) => `answer ${key}.`
export const answerKeyIn = (text: string): string | undefined => /\banswer (\d+-\d+)\./.exec(text)?.[1]
