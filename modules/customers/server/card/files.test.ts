import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPerson, type TestCustomers, testCustomers } from '../../../../tests/support/customers.ts'
import { readPicture } from './picture.ts'

let okno: TestCustomers
beforeAll(async () => {
  okno = await testCustomers()
})
afterAll(() => okno.close())

/** The head of a PNG: as much as says how large it is. */
function png(width: number, height: number): Buffer {
  const bytes = Buffer.from('89504e470d0a1a0a0000000d49484452000000000000000008060000000000000000', 'hex')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

async function send(method: 'PUT' | 'POST', path: string, content: Buffer, type: string, name = 'файл.png') {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(content)], { type }), name)
  const request = new Response(form)
  const response = await okno.platform.http.inject({
    method,
    url: `/api/v1${path}`,
    headers: { 'content-type': request.headers.get('content-type') ?? '', 'test-actor': actor() },
    payload: Buffer.from(await request.arrayBuffer()),
  })
  return { status: response.statusCode, body: response.json() }
}
const actor = ({ id, ownerId } = okno.ours) =>
  JSON.stringify({ workspaceId: id, operatorId: ownerId, permissions: ['customers.read', 'customers.edit'] })
const load = (path: string, as = actor()) =>
  okno.platform.http.inject({ method: 'GET', url: `/api/v1${path}`, headers: { 'test-actor': as } })

describe('a photo', () => {
  test('is kept when it is a picture by its own bytes, and served closed in', async () => {
    const { id } = await newPerson(okno.ours)
    const { status, body } = await send('PUT', `/people/${id}/photo`, png(300, 400), 'text/html')
    expect(status).toBe(200)
    expect((await okno.ours.call('GET', `/people/${id}`)).body.photoId).toBe(body.photoId)
    const photo = await load(`/people/${id}/photo`)
    expect(photo.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect((await load(`/people/${id}/photo`, actor(okno.theirs))).statusCode).toBe(404)
    expect((await okno.ours.call('DELETE', `/people/${id}/photo`)).status).toBe(204)
    expect((await load(`/people/${id}/photo`)).statusCode).toBe(404)
  })

  test('is refused when it only calls itself one, unfolds too far or is too heavy', async () => {
    const { id } = await newPerson(okno.ours)
    const refused = [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      Buffer.from('GIF89a'),
      png(30_000, 30_000),
      png(0, 10),
      Buffer.concat([png(10, 10), Buffer.alloc(2 * 1024 * 1024)]),
      Buffer.alloc(0),
    ]
    for (const content of refused) {
      expect((await send('PUT', `/people/${id}/photo`, content, 'image/png')).body.code).toBe('customers.photo_wrong')
    }
    expect((await okno.ours.call('GET', `/people/${id}`)).body.photoId).toBeNull()
  })
})

test('a file lies on its own card only, and comes as a download', async () => {
  const [one, other] = [await newPerson(okno.ours), await newPerson(okno.ours)]
  const { status, body } = await send(
    'POST',
    `/people/${one.id}/files`,
    Buffer.from('<b>Договор</b>'),
    'text/html',
    'договор.html',
  )
  expect([status, body.name, body.by]).toEqual([201, 'договор.html', 'Анна'])
  expect((await okno.ours.call('GET', `/people/${one.id}/files`)).body.items).toMatchObject([
    { id: body.id, conversationId: null },
  ])

  const file = await load(`/people/${one.id}/files/${body.id}`)
  expect(file.headers['content-type']).toBe('application/octet-stream')
  expect(file.headers['content-disposition']).toMatch(/^attachment/)
  expect((await load(`/people/${other.id}/files/${body.id}`)).statusCode).toBe(404)
  expect((await okno.ours.call('DELETE', `/people/${other.id}/files/${body.id}`)).status).toBe(404)
  expect((await okno.ours.call('DELETE', `/people/${one.id}/files/${body.id}`)).status).toBe(204)
  expect((await okno.ours.call('GET', `/people/${one.id}/files`)).body.items).toEqual([])
})

test.each([
  ['a JPEG with a comment before its frame', 'ffd8fffe0004abcdffc000110801f4025803012200021101031101', 600, 500],
  ['a simple WebP', '52494646000000005745425056503820000000000000009d012a40012c01', 320, 300],
  ['a lossless WebP', '5249464600000000574542505650384c000000002f3f412b000000000000', 320, 174],
  ['an extended WebP', '5249464600000000574542505650385800000000000000003f01002b0100', 320, 300],
])('the size of %s is read', (_name, hex, width, height) => {
  expect(readPicture(Buffer.from(hex, 'hex'))).toMatchObject({ width, height })
})

test('what ends before its size is no picture', () => {
  const whole = [png(10, 10), Buffer.from('ffd8fffe0004abcdffc000110801f4025803', 'hex')]
  for (const bytes of whole) {
    for (let length = 0; length < Math.min(bytes.length, 15); length++)
      expect(readPicture(bytes.subarray(0, length))).toBeNull()
  }
})
