/**
 * Visitors' browsers in a process of their own, as little as the server can tell them apart from real ones: one WebSocket each, engine.io
 * and socket.io spoken by hand. Told by IPC: `{open: n}` opens chats, `{talk: n}` lets so many of them write.
 */
const [url = '', key = ''] = process.argv.slice(2)
const NAMESPACE = '/visitors,'
/** So many connect at once: a whole town does not come in the same millisecond. */
const AT_ONCE = 64

interface Visitor {
  readonly socket: WebSocket
  acknowledged(): void
}

const visitors: Visitor[] = []
const tell = (message: unknown) => process.send?.(message)

process.on('message', (order: { open?: number; talk?: number }) => {
  const work = order.open ? inTurns(order.open, open) : inTurns(order.talk ?? 0, talk)
  work.then(
    () => tell({ done: true }),
    (error) => tell({ failed: String(error) }),
  )
})

async function inTurns(count: number, act: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let n = next++; n < count; n = next++) await act(n)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

const open = (n: number) =>
  new Promise<void>((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    const visitor = { socket, acknowledged: () => undefined }
    socket.onerror = () => reject(new Error('A visitor was not let in.'))
    socket.onmessage = ({ data }) => {
      const text = String(data)
      if (text.startsWith('0')) socket.send(`40${NAMESPACE}${JSON.stringify({ account: key, page: pageOf(n) })}`)
      else if (text === '2') socket.send('3')
      else if (text.startsWith(`42${NAMESPACE}["hello"`)) {
        visitors[n] = visitor
        resolve()
      } else if (text.startsWith(`43${NAMESPACE}`)) visitors[n]?.acknowledged()
      else if (text.startsWith(`42${NAMESPACE}["entry"`)) arrived(text.slice(text.indexOf('[')))
      else if (text.startsWith('44')) reject(new Error(text))
    }
  })

const pageOf = (n: number) => ({ url: `https://shop.example/tables/${n}?utm_source=vk`, title: `Стол № ${n}` })

const talk = (n: number) =>
  new Promise<void>((resolve) => {
    const { socket } = visitors[n] ?? {}
    visitors[n] = { socket: socket as WebSocket, acknowledged: resolve } // opened before it talks
    const said = JSON.stringify(['say', { key: `bench-key-${n}`, text: `Вопрос ${n}`, page: pageOf(n) }])
    socket?.send(`42${NAMESPACE}1${said}`)
  })

/** An answer carries the time when it was given: both processes read one clock. */
function arrived(text: string): void {
  const [, entry] = JSON.parse(text) as [string, { direction: string; text: string }] // written by the server
  if (entry.direction === 'out') tell({ latencyMs: Date.now() - Number(entry.text) })
}
