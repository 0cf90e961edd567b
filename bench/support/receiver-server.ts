import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { markIn, type Received } from './answers.ts'

/**
 * The other side of what goes out, in a process of its own: a mail server (`email`) or a business system behind a webhook (`api`). Takes
 * everything and keeps the mark of each answer in the order of its coming. Told `take` by IPC, it hands over what it has.
 */
const kind = process.argv[2]
let received: Received[] = []

const note = (body: string) => {
  received.push({ mark: markIn(body), atMs: performance.timeOrigin + performance.now() })
}

const mailServer = () => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        note(Buffer.concat(chunks).toString('latin1'))
        done(null)
      })
    },
  })
  // Connections end when the sender does.
  server.on('error', () => undefined)
  return server.server
}

const webhook = (): Server =>
  createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    note(Buffer.concat(chunks).toString('utf8'))
    response.end('{}')
  })

const server = kind === 'email' ? mailServer() : webhook()
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port }) // a TCP server that listens has one
})
process.on('message', (order) => {
  if (order === 'count') process.send?.({ count: received.length })
  if (order !== 'take') return
  process.send?.({ received })
  received = []
})
