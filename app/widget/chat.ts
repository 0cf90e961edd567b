import type { ChatConfig, ChatEntry, ChatHello } from '#modules/channels/contract'
import { type Connection, createConnection, currentPage } from './connection.ts'
import { createOutbox, type Outcome, type Outgoing, type UploadedFile } from './outbox.ts'
import type { Settings } from './settings.ts'
import type { Keep } from './storage.ts'
import { countUnread, emptyTranscript, isMissingBefore, merge, type Transcript } from './transcript.ts'

/** A message of the visitor that does not stand in the transcript yet. */
export interface Pending {
  readonly item: Outgoing & { kind: 'say' }
  readonly state: 'waiting' | 'sent' | 'failed'
}

/** Everything the screen shows. Replaced as a whole, never changed in place. */
export interface ChatState {
  readonly config: ChatConfig
  readonly transcript: Transcript
  readonly pending: readonly Pending[]
  readonly readSeq: number
  readonly unread: number
  readonly isConnected: boolean
  readonly isStarted: boolean
  readonly typing: string | null
  readonly email: string | null
  readonly isEmailDeclined: boolean
  readonly isGone: boolean
}

export interface Chat {
  readonly state: ChatState
  /** Connects, when the visitor opens the chat for the first time. */
  start(): void
  say(text: string, files: readonly UploadedFile[]): void
  retry(key: string): void
  leaveEmail(email: string): void
  declineEmail(): void
  typing(): void
  /** The newest entry is on the screen, or it is not. */
  setOnScreen(isOnScreen: boolean): void
  loadOlder(): Promise<void>
  /** Sends a file ahead of its message. */
  upload(file: File): Promise<UploadedFile>
  readonly draft: { get(): string; set(text: string): void }
}

const TYPING_SHOWN_MS = 6000
const TYPING_TOLD_MS = 3000
const PAGE_LOOK_MS = 5000
const RETRY_MS = 3000

export function createChat(
  settings: Settings,
  keep: Keep,
  config: ChatConfig,
  changed: (state: ChatState) => void,
): Chat {
  let state: ChatState = {
    config,
    transcript: emptyTranscript,
    pending: [],
    readSeq: 0,
    unread: 0,
    isConnected: false,
    isStarted: false,
    typing: null,
    email: null,
    isEmailDeclined: keep.get('noEmail') === '1',
    isGone: false,
  }
  const update = (part: Partial<ChatState>) => {
    state = { ...state, ...part }
    state = { ...state, unread: countUnread(state.transcript, state.readSeq) }
    changed(state)
  }
  let isOnScreen = false
  let told = { delivered: 0, read: 0 }
  let typingEnds: ReturnType<typeof setTimeout> | undefined
  let typingToldMs = 0
  let page = currentPage()

  const connection: Connection = createConnection(settings, {
    known: () => ({ token: keep.get('token'), after: state.transcript.lastSeq }),
    hello,
    entry: (entry) => {
      if (isMissingBefore(state.transcript, entry.seq)) void catchUp()
      else take([entry])
    },
    latest: (seq) => {
      if (seq > state.transcript.lastSeq) void catchUp()
    },
    typing: (name) => {
      clearTimeout(typingEnds)
      typingEnds = setTimeout(() => update({ typing: null }), TYPING_SHOWN_MS)
      update({ typing: name })
    },
    changed: () => {
      update({ isConnected: connection.isConnected, isStarted: connection.isStarted })
      if (connection.isConnected) outbox.flush()
    },
    tokenRefused: forget,
    closed: (code) => {
      console.warn(`Okno chat: ${code}`)
      update({ isGone: true })
    },
  })
  const outbox = createOutbox(keep, { isConnected: () => connection.isConnected, send, settled })
  update({
    pending: outbox.waiting().flatMap((item) => (item.kind === 'say' ? [{ item, state: 'waiting' as const }] : [])),
  })

  function hello({ token, visitor, config, entries, hasThread, hasGap, readSeq, email }: ChatHello): void {
    const before = keep.get('visitor')
    if (before !== undefined && before !== visitor) forget()
    keep.set('token', token)
    keep.set('visitor', visitor)
    if (hasThread) keep.set('hasThread', '1')
    told = { delivered: 0, read: readSeq }
    const base = hasGap ? emptyTranscript : state.transcript
    update({ config, email: email ?? state.email, readSeq: Math.max(readSeq, state.readSeq), transcript: base })
    take(entries)
  }

  /** The next person at this browser gets nothing of the one before. */
  function forget(): void {
    keep.clear()
    told = { delivered: 0, read: 0 }
    update({ transcript: emptyTranscript, pending: [], readSeq: 0, email: null, isEmailDeclined: false })
  }

  function take(entries: readonly ChatEntry[]): void {
    const keys = new Set(entries.map(({ key }) => key))
    const isAnswered = entries.some(({ direction }) => direction === 'out')
    update({
      transcript: merge(state.transcript, entries),
      pending: state.pending.filter(({ item }) => !keys.has(item.key)),
      ...(isAnswered ? { typing: null } : {}),
    })
    tellSeen()
  }

  async function catchUp(): Promise<void> {
    const after = state.transcript.lastSeq
    const ack = await connection.ask<{ entries: ChatEntry[]; hasGap: boolean }>('history', { after })
    if (!ack?.ok) return
    if (ack.hasGap) update({ transcript: emptyTranscript })
    take(ack.entries)
  }

  function tellSeen(): void {
    const delivered = state.transcript.lastSeq
    const read = isOnScreen ? delivered : state.readSeq
    if (read > state.readSeq) {
      keep.set('read', String(read))
      update({ readSeq: read })
    }
    if (!connection.isConnected || (delivered <= told.delivered && read <= told.read)) return
    told = { delivered, read }
    void connection.ask('seen', told).then((ack) => {
      if (ack?.ok || ack?.isFinal) return
      // Nobody took note of it: it is told again.
      told = { delivered: 0, read: 0 }
      setTimeout(tellSeen, ack?.retryAfterMs ?? RETRY_MS)
    })
  }

  async function send(item: Outgoing): Promise<Outcome> {
    const ack =
      item.kind === 'say'
        ? await connection.ask<{ seq: number }>('say', {
            key: item.key,
            text: item.text,
            files: item.files.map(({ ticket }) => ticket),
            page: currentPage(),
          })
        : await connection.ask('leave_email', { email: item.email })
    if (ack?.ok) return 'taken'
    if (ack?.isFinal) return 'refused'
    return { retryAfterMs: ack?.retryAfterMs ?? RETRY_MS }
  }

  function settled(item: Outgoing, outcome: 'taken' | 'refused'): void {
    if (outcome === 'taken') keep.set('hasThread', '1')
    const next = outcome === 'taken' ? ('sent' as const) : ('failed' as const)
    update({
      pending: state.pending.map((one) => (one.item.key === item.key ? { ...one, state: next } : one)),
      ...(item.kind === 'leave_email' && outcome === 'refused' ? { email: null } : {}),
    })
  }

  function add(item: Outgoing): void {
    if (item.kind === 'say') update({ pending: [...state.pending, { item, state: 'waiting' }] })
    connection.start()
    outbox.add(item)
  }

  function tellPage(): void {
    const now = currentPage()
    if (!connection.isConnected || (now.url === page.url && now.title === page.title)) return
    page = now
    void connection.ask('page', now)
  }
  // What was read in one tab is not new in another.
  keep.watch('read', (value) => update({ readSeq: Math.max(state.readSeq, Number(value) || 0) }))
  setInterval(tellPage, PAGE_LOOK_MS)
  document.addEventListener('visibilitychange', tellSeen)
  if (keep.get('hasThread') || state.pending.length > 0) connection.start()

  return {
    get state() {
      return state
    },
    start: () => connection.start(),
    say: (text, files) => add({ kind: 'say', key: newKey(), at: Date.now(), text, files }),
    retry: (key) => {
      const failed = state.pending.find(({ item }) => item.key === key)?.item
      if (!failed) return
      update({ pending: state.pending.filter(({ item }) => item.key !== key) })
      add({ ...failed, key: newKey(), at: Date.now() })
    },
    leaveEmail: (email) => {
      update({ email })
      add({ kind: 'leave_email', key: newKey(), at: Date.now(), email })
    },
    declineEmail: () => {
      keep.set('noEmail', '1')
      update({ isEmailDeclined: true })
    },
    typing: () => {
      if (!connection.isConnected || Date.now() - typingToldMs < TYPING_TOLD_MS) return
      typingToldMs = Date.now()
      void connection.ask('typing')
    },
    setOnScreen: (next) => {
      isOnScreen = next
      if (next) tellSeen()
    },
    loadOlder: async () => {
      const before = state.transcript.entries[0]?.seq ?? 1
      const ack = await connection.ask<{ entries: ChatEntry[] }>('history', { before })
      if (ack?.ok) update({ transcript: merge(state.transcript, ack.entries) })
    },
    upload: (file) => upload(settings, keep.get('token') ?? '', file),
    draft: {
      get: () => keep.get('draft') ?? '',
      set: (text) => (text ? keep.set('draft', text) : keep.remove('draft')),
    },
  }
}

/** @throws Error whose message is the problem's code. */
async function upload({ server, account }: Settings, token: string, file: File): Promise<UploadedFile> {
  const form = new FormData()
  // The token goes first: the server reads the parts in order. No header of our own, so the browser asks no permission beforehand.
  form.append('token', token)
  form.append('file', file, file.name)
  const response = await fetch(`${server}/chat/${encodeURIComponent(account)}/files`, { method: 'POST', body: form })
  const answer: unknown = await response.json()
  if (response.ok) return answer as UploadedFile // the contract of this address
  throw new Error(typeof answer === 'object' && answer && 'code' in answer ? String(answer.code) : 'chat.failed')
}

/** `crypto.randomUUID` exists only on https pages. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
