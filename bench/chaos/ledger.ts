/** Ways in; a mailbox is one that Okno reads by IMAP, e-mail is what its own mail server takes. */
export type Way = 'api' | 'email' | 'mailbox' | 'webchat' | 'form'

/** One message of a customer, as its sender knows it. */
export interface Written {
  readonly thread: string
  readonly n: number
  readonly channel: Way
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
  /** Its message, once Okno has confirmed it. */
  messageId: string | undefined
  /** Times that an operator pressed "send again": those that Okno confirmed, and those that it left without an answer. */
  readonly again: { confirmed: number; unanswered: number }
}

/** One time that an answer reached the customer's side. */
export interface Receipt {
  /** What the customer's side knows the answer by: Message-ID, webhook-id or its place in the chat. */
  readonly id: string
  readonly channel: 'api' | 'email' | 'webchat'
  /** Where it stands among the others of its conversation: a moment, or its place in the chat. */
  readonly at: number
}

/** What those around Okno know: kept here, never read back from the product. Moments are of one clock, in milliseconds. */
export class Ledger {
  readonly written: Written[] = []
  readonly answers = new Map<string, Answered>()
  readonly receipts = new Map<string, Receipt[]>()
  /** Answers of Okno that are wrong at any time, whatever was killed. */
  readonly refusals: string[] = []
  /** What visitors' own chats showed wrongly in the end. */
  readonly wrongChats: string[] = []
  sentAgain = 0
  copies = 0
  cutLines = 0

  received(key: string, channel: Receipt['channel'], id: string, at = performance.now()): void {
    this.receipts.set(key, [...(this.receipts.get(key) ?? []), { id, channel, at }])
  }

  acknowledged(): Written[] {
    return this.written.filter((one) => one.acknowledgedAt !== undefined)
  }
}

/** Words by which a message is recognised wherever it turns up. */
export const wordsOf = ({ thread, n }: Pick<Written, 'thread' | 'n'>) => `word ${thread} ${n}.`
export const wordsIn = (text: string): string | undefined => /\bword \S+ \d+\./.exec(text)?.[0]
export const answerWords = (key: string) => `answer ${key}.`
export const answerKeyIn = (text: string): string | undefined => /\banswer (\d+-\d+)\./.exec(text)?.[1]
