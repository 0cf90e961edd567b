import { fastify } from 'fastify'
import pg from 'pg'

/**
 * The least that reading can be on this machine: Fastify, one statement by an index, no rights, no schema. `DATABASE_URL`, `PORT`; the
 * tables are those of Okno, the caller is their owner.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 })
const server = fastify()
server.get('/ready', async () => ({ ok: true }))
server.get('/page', async () => {
  const { rows } = await pool.query({
    name: 'page',
    text: `select id, name, stage, owner_id, city, note, custom, origin, created_at, updated_at from customers.people
      order by workspace_id, created_at desc, id desc limit 50`,
  })
  return { items: rows }
})
server.get<{ Params: { id: string } }>('/card/:id', async ({ params }) => {
  const { rows } = await pool.query({
    name: 'card',
    text: 'select * from customers.people where workspace_id = (select id from platform.workspaces) and id = $1',
    values: [params.id],
  })
  return rows[0]
})
await pool.query('create table if not exists floor (id uuid primary key default uuidv7(), body jsonb not null)')
server.post('/row', async (request, reply) => {
  await pool.query({
    name: 'row',
    text: 'insert into floor (body) values ($1)',
    values: [JSON.stringify(request.body)],
  })
  return reply.status(201).send({ ok: true })
})
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
process.on('SIGTERM', () => process.exit(0))
