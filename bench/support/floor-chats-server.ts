import { createServer } from 'node:http'
import { Server, type Socket } from 'socket.io'

/** The least that open chats can cost: bare socket.io that greets, and passes what it is told to one of them, stored nowhere. `PORT`. */
const chats: Socket[] = []
const server = createServer((request, response) => {
  // socket.io answers its own addresses.
  const [, n, text] = /^\/say\/(\d+)\/(\d+)$/.exec(request.url ?? '') ?? []
  if (n !== undefined) chats[Number(n)]?.emit('entry', { direction: 'out', text })
  if (!request.url?.startsWith('/socket.io/')) response.end('ok')
})
const io = new Server(server, { serveClient: false, transports: ['websocket'] })
io.of('/visitors').on('connection', (socket) => {
  Object.assign(socket.conn, { request: null })
  chats.push(socket)
  socket.emit('hello', {})
})
server.listen(Number(process.env.PORT), '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))
