import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream'

/** A way to a database that can be cut. */
export interface Line {
  /** The database, by this line. */
  readonly url: string
  /** Breaks what is connected, and refuses what comes. */
  cut(): Promise<void>
  mend(): void
  close(): void
}

export async function layLine(databaseUrl: string): Promise<Line> {
  const { hostname, port } = new URL(databaseUrl)
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((inside) => {
    if (isCut) return inside.destroy()
    open.add(inside)
    inside.once('close', () => open.delete(inside))
    // Either end may break: that is what this is for.
    pipeline(inside, connect(Number(port), hostname), inside, () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(databaseUrl)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The line has no port.')
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  return {
    url: url.href,
    cut: async () => {
      isCut = true
      await Promise.all([...open].map((socket) => once(socket.destroy(), 'close')))
    },
    mend: () => {
      isCut = false
    },
    close: () => {
      server.close()
    },
  }
}
