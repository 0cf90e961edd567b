import type { ServerResponse } from 'node:http'
import { fastify } from 'fastify'
import pg from 'pg'

/**
 * The least that can bring a stored message to open screens: one durable insert with a notification, passed to every open stream.
 * `DATABASE_URL`, `PORT`.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 })
await pool.query('create table if not exists floor_message (id uuid primary key default uuidv7(), body jsonb not null)')
const listener = new pg.Client({ connectionString: process.env.DATABASE_URL })
await listener.connect()
await listener.query('listen floor_screens')

const screens = new Set<ServerResponse>()
listener.on('notification', ({ payload }) => {
  for (const screen of screens) screen.write(`data: ${payload}\n\n`)
})

const server = fastify({ forceCloseConnections: true })
server.get('/ready', async () => ({ ok: true }))
server.get('/events', (_request, reply) => {
  reply.hijack()
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
  reply.raw.write(': here\n\n')
  screens.add(reply.raw)
  reply.raw.once('close', () => screens.delete(reply.raw))
})
server.post<{ Body: { id: string } }>('/in', async ({ body }, reply) => {
  await pool.query({
    name: 'store',
    text: `with stored as (insert into floor_message (body) values ($1)) select pg_notify('floor_screens', $2)`,
    values: [JSON.stringify(body), body.id],
  })
  return reply.status(202).send({ ok: true })
})
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
process.on('SIGTERM', () => process.exit(0))
