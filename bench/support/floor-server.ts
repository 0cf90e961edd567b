import { fastify } from 'fastify'
import pg from 'pg'

/** The least that durable intake can be on this machine: Fastify and one committed insert per request. `DATABASE_URL`, `PORT`. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 })
await pool.query('create table if not exists floor (id uuid primary key default uuidv7(), body jsonb not null)')
const server = fastify()
server.post('/in', async (request, reply) => {
  await pool.query('insert into floor (body) values ($1)', [JSON.stringify(request.body)])
  return reply.status(202).send({ ok: true })
})
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
process.send?.('ready')
process.on('SIGTERM', () => process.exit(0))
