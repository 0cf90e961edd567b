/** Okno's own side of the site chat as its adapter needs it: the transcript that visitors read. */
export interface ChatProvider {
  /**
   * Puts an answer into the visitor's transcript, once per message id however often it is called, and tells the visitor's browser.
   * @throws UnknownChatThread
   */
  append(answer: ChatAnswer): Promise<void>
  /** Bytes of a file that a visitor uploaded. @throws Problem `file.not_found` */
  readFile(accountId: string, fileId: string): Promise<Uint8Array>
}

export interface ChatAnswer {
  readonly accountId: string
  /** The visitor's id: a visitor has one thread. */
  readonly threadId: string
  readonly messageId: string
  readonly authorName: string | null
  readonly text: string
  readonly files: readonly { name: string; mime: string; content: Uint8Array }[]
  /** When the visitor's browser has not fetched the answer by then and an e-mail is known, `channels.chat_answer_unseen` is published. */
  readonly unseenAfterSeconds: number
}

/** The visitor never wrote to this account, or the account is gone. */
export class UnknownChatThread extends Error {}
