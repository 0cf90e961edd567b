import { io } from 'socket.io-client'
import { Pool } from 'undici'
import { soon } from '../../modules/inbox/web/soon.ts'
import { clockMs } from './pace.ts'
import type { Heard, Windows } from './windows.ts'

/**
 * Operators' windows in a process of their own, as the server sees them: a socket.io connection each, lists read again after what they
 * hear, and one conversation open whose new messages are fetched. Browsers draw besides; that is not measured here.
 */
const LISTS = ['/conversations?view=mine&sort=due&limit=50', '/conversations/counts', '/conversations/own-day']
/** As in the window: modules/inbox/web/follow-inbox.ts. */
const LISTS_AFTER_MS = 300

let heard: Heard[] = []
let shown: number[] = []
let listReads = 0

interface Added {
  readonly name: string
  readonly data: {
    readonly conversationId: string
    readonly messageId: string
    readonly direction: string
    readonly seq: number
  }
}

function openWindow(url: string, cookie: string): Promise<void> {
  const pool = new Pool(url, { connections: 6 })
  const read = async (path: string) => {
    const answer = await pool.request({ method: 'GET', path: `/api/v1${path}`, headers: { cookie } })
    await answer.body.dump()
    // What was given to somebody else meanwhile is not there for this window.
    if (answer.statusCode !== 200 && answer.statusCode !== 404) throw new Error(`${path}: ${answer.statusCode}`)
  }
  const readListsSoon = soon(LISTS_AFTER_MS, () => {
    listReads++
    return Promise.all(LISTS.map(read))
  })
  let open: string | undefined
  const known = new Set<string>()
  const socket = io(`${url}/operators`, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie },
    auth: { many: true },
  })
  const hear = ({ name, data }: Added) => {
    if (!name.startsWith('inbox.')) return
    readListsSoon()
    if (name !== 'inbox.message_added' || data.direction !== 'in') return
    const atMs = clockMs()
    heard.push({ id: data.messageId, atMs })
    // Of a conversation's first message everybody hears; of the next only who has it.
    if (known.has(data.conversationId)) open ??= data.conversationId
    known.add(data.conversationId)
    if (open !== data.conversationId) return
    const reading = [`/conversations/${open}/messages?afterSeq=${data.seq - 1}&limit=200`, `/conversations/${open}`]
    void Promise.all(reading.map(read)).then(() => shown.push(clockMs() - atMs))
  }
  socket.on('event', hear)
  socket.on('events', (several: Added[]) => several.forEach(hear))
  return new Promise((resolve, reject) => {
    socket.once('hello', () => resolve())
    socket.once('connect_error', reject)
  })
}

/** A bare screen: hears ids of messages as server-sent events. */
async function openBare(url: string): Promise<void> {
  const response = await fetch(`${url}/events`)
  const lines = response.body?.pipeThrough(new TextDecoderStream())
  const follow = async () => {
    for await (const chunk of lines ?? []) {
      const atMs = clockMs()
      for (const [, id = ''] of chunk.matchAll(/^data: (\S+)$/gm)) heard.push({ id, atMs })
    }
  }
  follow().catch(() => undefined) // ends with the server
}

process.on('message', async (order: Windows['order']) => {
  if (order.open) await Promise.all(order.open.cookies.map((cookie) => openWindow(order.open?.url ?? '', cookie)))
  if (order.openBare)
    await Promise.all(Array.from({ length: order.openBare.count }, () => openBare(order.openBare?.url ?? '')))
  process.send?.({ heard, shown, listReads })
  heard = []
  shown = []
  listReads = 0
})
