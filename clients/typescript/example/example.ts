import { createServer } from 'node:http'
import { Okno, OknoProblem, verifyWebhook } from '@okno/client'

const okno = new Okno({ url: process.env.OKNO_URL ?? 'http://localhost:8080', key: process.env.OKNO_KEY ?? '' })

// A card, a note on it, and a task.
const person = await okno.post('/people', { body: { name: 'Анна Смирнова', emails: ['anna@shop.example'] } })
await okno.post('/people/{id}/tasks', { path: { id: person.id }, body: { title: 'Позвонить' } })
await okno.patch('/people/{id}', { path: { id: person.id }, body: { city: 'Казань' } })

// Everybody in Kazan, page by page.
const filter = JSON.stringify({ field: 'city', op: 'eq', value: 'Казань' })
for await (const { name, stage } of okno.each('/people', { query: { filter, limit: 100 } })) console.log(name, stage)

// A refusal says what is wrong by a stable code.
try {
  await okno.get('/people/{id}', { path: { id: '00000000-0000-4000-8000-000000000000' } })
} catch (error) {
  if (error instanceof OknoProblem && error.code === 'customers.person_not_found') console.log('no such person')
  else throw error
}

// Told of what happens, and sure that Okno says it.
const receiver = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  const event = await verifyWebhook({ headers: request.headers, body, secret: webhook.secret })
  response.writeHead(204).end()
  if (event.type === 'customers.person_changed') {
    console.log('changed', event.data.personId)
    receiver.close()
    receiver.closeAllConnections()
  }
})
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
const address = receiver.address()
const port = typeof address === 'object' ? address?.port : 0
const webhook = await okno.post('/webhooks', {
  body: {
    name: 'Example',
    url: `http://127.0.0.1:${port}/`,
    events: ['customers.person_changed'],
    allowPrivateAddresses: true,
  },
})
await okno.patch('/people/{id}', { path: { id: person.id }, body: { city: 'Москва' } })
