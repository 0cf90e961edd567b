import { io } from 'socket.io-client'
import { Pool } from 'undici'
import { soon } from '../../modules/inbox/web/soon.ts'
import { COUNTS_AFTER_MS, OWN_AFTER_MS, whatToReread } from '../../modules/inbox/web/what-to-reread.ts'
import { clockMs } from './pace.ts'
import type { Heard, Windows } from './windows.ts'

/**
 * Operators' windows in a process of their own, as the server sees them: a socket.io connection each, lists read again after what they
 * hear (as in modules/inbox/web/follow-inbox.ts), and one conversation open whose new messages are fetched. Browsers draw besides; that is not measured here.
 */
const OWN_QUEUE = '/conversations?view=mine&sort=due&limit=50'

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
    readonly ownerId: string | null
  }
}

async function openWindow(url: string, cookie: string): Promise<void> {
  const pool = new Pool(url, { connections: 6 })
  const read = async (path: string) => {
    const answer = await pool.request({ method: 'GET', path: `/api/v1${path}`, headers: { cookie } })
    const text = await answer.body.text()
    // What was given to somebody else meanwhile is not there for this window.
    if (answer.statusCode !== 200 && answer.statusCode !== 404) throw new Error(`${path}: ${answer.statusCode}`)
    return text
  }
  const counted = (path: string) => {
    listReads++
    return read(path)
  }
  const me = (JSON.parse(await read('/me')) as { operator: { id: string } }).operator.id
  let ids = new Set<string>()
  const readQueue = async () => {
    const { items } = JSON.parse(await counted(OWN_QUEUE)) as { items: { id: string }[] }
    ids = new Set(items.map(({ id }) => id))
  }
  const againQueue = soon(OWN_AFTER_MS, readQueue)
  const againDay = soon(OWN_AFTER_MS, () => counted('/conversations/own-day'))
  const againCounts = soon(COUNTS_AFTER_MS, () => counted('/conversations/counts'))
  await readQueue()
  let open: string | undefined
  const known = new Set<string>()
  const socket = io(`${url}/operators`, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie },
    auth: { many: true },
  })
  const hear = ({ name, data }: Added) => {
    if (name === 'inbox.conversation_changed') {
      const again = whatToReread(data, { me, queues: [{ view: 'mine', isShown: true, ids }] })
      if (again.queues) againQueue()
      if (again.isOwn) againDay()
      againCounts(again.isOwn ? OWN_AFTER_MS : COUNTS_AFTER_MS)
    }
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
