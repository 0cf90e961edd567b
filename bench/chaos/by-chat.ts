import { setTimeout as delay } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'
import type { ChatAck, ChatEntry, ChatHello } from '../../modules/channels/contract/chat.ts'
import type { Chance } from './chance.ts'
import { answerKeyIn, type Ledger, type Written, wordsIn, wordsOf } from './ledger.ts'
import { addressOf, type Door, FILE, type Hand } from './talk.ts'

const PATIENCE_MS = 10_000
/** Refusals that a widget does not come back from. */
const FINAL = ['chat.unknown_account', 'chat.origin_refused', 'chat.invalid', 'chat.token_refused']
const GOODBYE_TRIES = 20

const uploaded = z.object({ ticket: z.string() })

/** The site chat as visitors use it: a socket that is opened again whenever it breaks, and what the widget shows. */
export class Chats {
  readonly #of: { key: string; ledger: Ledger; chance: Chance }
  readonly #visitors = new Map<string, Visitor>()

  constructor(of: { key: string; ledger: Ledger; chance: Chance }) {
    this.#of = of
  }

  readonly hand: Hand = async (door, message) => {
    const { key, ledger, chance } = this.#of
    const visitor = this.#visitors.get(message.thread) ?? new Visitor(key, message.thread, ledger)
    this.#visitors.set(message.thread, visitor)
    // A page is left and another one opened.
    if (chance.hits(0.05)) visitor.leave()
    return await visitor.say(door, message)
  }

  /** Every visitor comes back once and reads the whole talk; what they did not see before they see now. */
  async readToTheEnd(doors: readonly Door[]): Promise<void> {
    for (const visitor of this.#visitors.values()) await visitor.readToTheEnd(doors, this.#of.chance)
  }

  leave(): void {
    for (const visitor of this.#visitors.values()) visitor.leave()
  }
}

class Visitor {
  readonly #key: string
  readonly #thread: string
  readonly #ledger: Ledger
  readonly #entries = new Map<number, ChatEntry>()
  #token: string | undefined
  #socket: Socket | undefined
  #coming: Promise<Socket | undefined> | undefined

  constructor(key: string, thread: string, ledger: Ledger) {
    this.#key = key
    this.#thread = thread
    this.#ledger = ledger
  }

  async say(door: Door, message: Written): Promise<boolean | string> {
    const socket = await this.#come(door)
    if (!socket) return false
    try {
      const ack: ChatAck = await socket.timeout(PATIENCE_MS).emitWithAck('say', {
        key: `${message.thread}-${message.n}`.replace('.', '-').padStart(8, '0'),
        text: wordsOf(message),
        files: message.hasFile ? [await this.#upload(door)] : [],
      })
      if (ack.ok) return true
      if (ack.isFinal) return `${wordsOf(message)} ${ack.code}`
      await delay(ack.retryAfterMs ?? 0)
      return false
    } catch {
      this.leave() // no answer: the line is broken, or as good as broken
      return false
    }
  }

  leave(): void {
    this.#socket?.close()
    this.#socket = undefined
  }

  async readToTheEnd(doors: readonly Door[], chance: Chance): Promise<void> {
    if (!this.#token) return
    for (let tries = 0; tries < GOODBYE_TRIES; tries++) {
      this.leave()
      const socket = await this.#come(chance.pick(doors), 0)
      const isComplete = socket && (await this.#readOlder(socket).catch(() => false))
      this.leave()
      if (isComplete) return this.#account()
      await delay(500)
    }
    this.#ledger.wrongChats.push(`${this.#thread} could not be read`)
  }

  async #readOlder(socket: Socket): Promise<boolean> {
    for (let first = this.#first(); first > 1; first = this.#first()) {
      const ack: ChatAck<{ entries: ChatEntry[] }> = await socket
        .timeout(PATIENCE_MS)
        .emitWithAck('history', { before: first })
      if (!ack.ok || ack.entries.length === 0) return false
      for (const entry of ack.entries) this.#keep(entry)
    }
    return true
  }

  readonly #first = () => Math.min(...this.#entries.keys())

  /** What this visitor sees against what they wrote; answers go into the ledger, in the order in which the chat shows them. */
  #account(): void {
    const shown = [...this.#entries.values()].sort((a, b) => a.seq - b.seq)
    const words = shown.filter(({ direction }) => direction === 'in').map(({ text }) => wordsIn(text) ?? text)
    const own = this.#ledger.acknowledged().filter(({ thread }) => thread === this.#thread)
    const isRight =
      shown.every(({ seq }, i) => seq === i + 1) &&
      new Set(words).size === words.length &&
      own.every((one) => words.includes(wordsOf(one)))
    if (!isRight) this.#ledger.wrongChats.push(this.#thread)
    for (const { direction, text, seq } of shown) {
      if (direction === 'out') {
        this.#ledger.received(answerKeyIn(text) ?? `unreadable line of ${this.#thread}`, 'webchat', String(seq), seq)
      }
    }
  }

  #keep(entry: ChatEntry): void {
    const known = this.#entries.get(entry.seq)
    if (known && known.key !== entry.key) this.#ledger.wrongChats.push(`${this.#thread} ${entry.seq} changed`)
    this.#entries.set(entry.seq, entry)
  }

  #come(door: Door, after?: number): Promise<Socket | undefined> {
    if (this.#socket?.connected) return Promise.resolve(this.#socket)
    this.#coming ??= this.#connect(door, after ?? Math.max(0, ...this.#entries.keys())).finally(() => {
      this.#coming = undefined
    })
    return this.#coming
  }

  async #connect(door: Door, after: number): Promise<Socket | undefined> {
    const socket = io(`${door.url}/visitors`, {
      auth: { account: this.#key, token: this.#token, after },
      extraHeaders: { 'x-forwarded-for': addressOf(this.#thread) },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      timeout: PATIENCE_MS,
    })
    socket.on('entry', (entry: ChatEntry) => this.#keep(entry))
    const hello = await new Promise<ChatHello | undefined>((resolve) => {
      const limit = setTimeout(() => resolve(undefined), PATIENCE_MS)
      const settle = (hello?: ChatHello) => {
        clearTimeout(limit)
        resolve(hello)
      }
      socket.once('hello', settle)
      socket.once('disconnect', () => settle())
      socket.once('connect_error', ({ message }) => {
        if (FINAL.includes(message)) this.#ledger.refusals.push(`${this.#thread} ${message}`)
        settle()
      })
    })
    if (!hello) {
      socket.close()
      return undefined
    }
    this.#token = hello.token
    for (const entry of hello.entries) this.#keep(entry)
    this.#socket = socket
    return socket
  }

  async #upload(door: Door): Promise<string> {
    const form = new FormData()
    form.append('token', this.#token ?? '')
    form.append('file', new Blob([FILE]), 'note.txt')
    const response = await fetch(`${door.url}/chat/${this.#key}/files`, {
      method: 'POST',
      headers: { 'x-forwarded-for': addressOf(this.#thread) },
      body: form,
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    return uploaded.parse(await response.json()).ticket
  }
}
