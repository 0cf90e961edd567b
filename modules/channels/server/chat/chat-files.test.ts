import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type ChatServer, startChatServer, type TestVisitor, visit } from '../../../../tests/support/chat-server.ts'
import { eventually } from '../../../../tests/support/eventually.ts'
import { anOutgoingMessage } from '../adapters/adapter-contract.ts'

let server: ChatServer
beforeAll(async () => {
  server = await startChatServer()
})
afterAll(() => server.close())

async function upload(
  visitor: TestVisitor,
  file: { name: string; content: string | Uint8Array<ArrayBuffer> },
  key = server.key,
) {
  const form = new FormData()
  form.append('token', visitor.hello.token)
  form.append('file', new Blob([file.content], { type: 'text/html' }), file.name)
  const response = await fetch(`${server.url}/chat/${key}/files`, { method: 'POST', body: form })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}
const say = (visitor: TestVisitor, files: (string | undefined)[]) =>
  visitor.ask<{ seq: number }>('say', { key: randomUUID(), text: '', files })

test('a visitor’s file goes with the message, and the visitor can load it again', async () => {
  const visitor = await visit(server.url, { account: server.key })
  const { status, body } = await upload(visitor, { name: 'смета.txt', content: 'итого: 10' })

  const ack = await say(visitor, [body.ticket])

  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'смета.txt', mime: 'text/plain' })
  expect(ack).toMatchObject({ ok: true, seq: 1 })
  await eventually(() => visitor.entries.length === 1)
  const file = visitor.entries[0]?.files[0]
  const response = await fetch(`${server.url}${file?.url}`)
  expect(await response.text()).toBe('итого: 10')
  expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(response.headers.get('content-security-policy')).toContain('sandbox')
  const arrival = (await server.arrivals()).at(-1)
  const [stored] = z.array(z.object({ id: z.string() })).parse(arrival?.body.files)
  const ref = { name: '', mime: '', sizeBytes: 0, inline: false, ref: stored?.id ?? '' }
  expect(await server.account.download?.(ref)).toEqual(Buffer.from('итого: 10'))
  visitor.leave()
})

test('an answer’s file can be loaded by its address, and by no changed address', async () => {
  const visitor = await visit(server.url, { account: server.key })
  await visitor.ask('say', { key: randomUUID(), text: 'Пришлите счёт' })
  const [thread] = await server.query('select id from channels.chat_threads order by id desc limit 1')
  const content = new Uint8Array([1, 2, 3])
  await server.account.send(
    anOutgoingMessage({
      id: randomUUID(),
      thread: String(thread?.id),
      files: [{ name: 'счёт.pdf', mime: 'application/pdf', content }],
    }),
  )

  await eventually(() => visitor.entries.length === 2)
  const url = new URL(visitor.entries[1]?.files[0]?.url ?? '', server.url)
  expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(content)
  for (const [name, value] of [
    ['signature', 'AAAA'],
    ['until', '99999999'],
    ['thread', randomUUID()],
  ] as const) {
    const changed = new URL(url)
    changed.searchParams.set(name, value)
    expect((await fetch(changed)).status).toBe(403)
  }
  const atStranger = new URL(url)
  atStranger.pathname = url.pathname.replace(server.key, server.stranger.key)
  expect((await fetch(atStranger)).status).toBe(404)
  visitor.leave()
})

test('a file of another visitor cannot be put into a message', async () => {
  const owner = await visit(server.url, { account: server.key })
  const thief = await visit(server.url, { account: server.key })
  const { body } = await upload(owner, { name: 'паспорт.pdf', content: 'тайна' })

  expect(await say(thief, [body.ticket])).toMatchObject({ ok: false, code: 'chat.file_refused', isFinal: true })

  expect(await say(owner, [`${body.ticket}x`])).toMatchObject({ ok: false, code: 'chat.file_refused' })
  owner.leave()
  thief.leave()
})

test('what a browser would run, what is too large, and who has no token is refused', async () => {
  const visitor = await visit(server.url, { account: server.key })

  const page = await upload(visitor, { name: 'page.html', content: '<script>1</script>' })
  const picture = await upload(visitor, { name: 'icon.svg', content: '<svg/>' })
  const large = await upload(visitor, { name: 'large.zip', content: new Uint8Array(10 * 1024 * 1024 + 1) })
  const elsewhere = await upload(visitor, { name: 'a.txt', content: 'a' }, server.stranger.key)

  expect([page.status, picture.status, large.status, elsewhere.status]).toEqual([415, 415, 413, 401])
  visitor.leave()
})
