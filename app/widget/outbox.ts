import type { Keep } from './storage.ts'

export interface UploadedFile {
  readonly ticket: string
  readonly name: string
  readonly mime: string
  readonly sizeBytes: number
}

/** Something the visitor did that the server has to learn, once. */
export type Outgoing = { readonly key: string; readonly at: number } & (
  | { readonly kind: 'say'; readonly text: string; readonly files: readonly UploadedFile[] }
  | { readonly kind: 'leave_email'; readonly email: string }
)

/** What the server said: taken, taken never, or try again after so many milliseconds. */
export type Outcome = 'taken' | 'refused' | { retryAfterMs: number }

export interface Outbox {
  /** Everything not yet taken, oldest first. */
  waiting(): readonly Outgoing[]
  /** Remembers it, also beyond a reload, and begins to send when there is a connection. */
  add(item: Outgoing): void
  /** Sends what waits, one after another, until it is empty or the connection is gone. */
  flush(): void
  /** Forgets everything. */
  clear(): void
}

const PREFIX = 'out.'

/**
 * The offline queue. Every item has its own place in the browser's storage, so two tabs never overwrite each other; both may send the
 * same item, and its key makes that one message.
 */
export function createOutbox(
  keep: Keep,
  deps: {
    isConnected(): boolean
    send(item: Outgoing): Promise<Outcome>
    settled(item: Outgoing, outcome: 'taken' | 'refused'): void
  },
): Outbox {
  const nameOf = ({ at, key }: Outgoing) => `${PREFIX}${String(at).padStart(15, '0')}.${key}`
  let isSending = false

  const waiting = () => keep.names(PREFIX).flatMap((name) => parse(keep.get(name)))

  async function run(): Promise<void> {
    for (let item = waiting()[0]; item && deps.isConnected(); item = waiting()[0]) {
      const outcome = await deps.send(item)
      if (typeof outcome === 'object') {
        await new Promise((resolve) => setTimeout(resolve, outcome.retryAfterMs))
        continue
      }
      keep.remove(nameOf(item))
      deps.settled(item, outcome)
    }
  }
  const flush = () => {
    if (isSending) return
    isSending = true
    run().finally(() => {
      isSending = false
    })
  }
  return {
    waiting,
    flush,
    add: (item) => {
      keep.set(nameOf(item), JSON.stringify(item))
      flush()
    },
    clear: () => {
      for (const name of keep.names(PREFIX)) keep.remove(name)
    },
  }
}

function parse(text: string | undefined): Outgoing[] {
  try {
    const item: unknown = JSON.parse(text ?? 'null')
    const isItem = typeof item === 'object' && item !== null && 'key' in item && 'kind' in item && 'at' in item
    return isItem ? [item as Outgoing] : [] // written by `add`
  } catch {
    // Another script may have written over it.
    return []
  }
}
