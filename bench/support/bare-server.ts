import { fastify } from 'fastify'

/** The least that a web server in Node can be: Fastify with one address. `PORT`. */
const server = fastify()
server.get('/readyz', async () => ({ ok: true }))
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
process.on('SIGTERM', () => process.exit(0))
