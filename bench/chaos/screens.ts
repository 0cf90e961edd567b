import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Chance } from './chance.ts'
import { API_KEY } from './servers.ts'
import type { Door } from './talk.ts'

/** Longer than the signs of life of a stream: a server that stands still is left for another one. */
const SILENCE_MS = 25_000

const added = z.object({
  name: z.literal('inbox.message_added'),
  data: z.object({ conversationId: z.string(), messageId: z.string(), seq: z.number() }),
})

/** What one screen was told, however often its line broke. */
export class Screen {
  /** Ids of the messages that it heard of. */
  readonly heard = new Set<string>()
  /** Messages of which it heard only after a later one of their conversation. */
  readonly late: string[] = []
  readonly #lastSeq = new Map<string, number>()
  readonly #of: { doors: readonly Door[]; chance: Chance }
  #cursor: string | undefined
  #isOver = false
  #line: AbortController | undefined

  constructor(of: { doors: readonly Door[]; chance: Chance }) {
    this.#of = of
  }

  /** Follows `GET /events` until `close`, and goes on behind the last event whenever the line breaks. */
  async follow(): Promise<void> {
    while (!this.#isOver) {
      try {
        await this.#listen(this.#of.chance.pick(this.#of.doors))
      } catch {
        await delay(200) // the line broke, as was to be expected
      }
    }
  }

  close(): void {
    this.#isOver = true
    this.#line?.abort()
  }

  async #listen(door: Door): Promise<void> {
    const line = new AbortController()
    this.#line = line
    const silence = setTimeout(() => line.abort(), SILENCE_MS)
    try {
      const response = await fetch(`${door.url}/api/v1/events`, {
        headers: { authorization: `Bearer ${API_KEY}`, ...(this.#cursor ? { 'last-event-id': this.#cursor } : {}) },
        signal: line.signal,
      })
      if (!response.ok) throw new Error(`No events: ${response.status}`)
      let text = ''
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        silence.refresh()
        const parts = (text + chunk).split('\n\n')
        text = parts.pop() ?? ''
        for (const part of parts) this.#hear(part)
      }
    } finally {
      clearTimeout(silence)
    }
  }

  #hear(part: string): void {
    this.#cursor = /^(?:: from|id:) (\S+)$/m.exec(part)?.[1] ?? this.#cursor
    const data = /^data: (.*)$/m.exec(part)?.[1]
    const event = data === undefined ? undefined : added.safeParse(JSON.parse(data)).data
    if (!event || this.heard.has(event.data.messageId)) return
    const { conversationId, messageId, seq } = event.data
    this.heard.add(messageId)
    if (seq < (this.#lastSeq.get(conversationId) ?? 0)) this.late.push(messageId)
    this.#lastSeq.set(conversationId, seq)
  }
}
