import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { encodeCursor } from '#platform/shared/page'
import { type Account, aConversation, anAccount, threadOf } from '../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
let shop: Account
let id: string
const TOO_LARGE = 99_999_999_999

beforeAll(async () => {
  okno = await testPlatform()
  shop = await anAccount(okno)
  id = (await aConversation(okno, shop)).id
})
afterAll(() => okno.close())

const get = (address: string) => okno.call('GET', address)
const answer = (body: object) => okno.call('POST', `/conversations/${id}/replies`, body)

test.each([[1.5], [-1], [TOO_LARGE], [1e20]])('a thread has no page behind the place %d', async (seq) => {
  const page = await get(`/conversations/${id}/messages?cursor=${encodeCursor([seq])}`)

  expect(page).toMatchObject({ status: 400, body: { code: 'request.cursor' } })
})

test('a place that no message can have is refused wherever it is given', async () => {
  const answers = [
    await get(`/conversations/${id}/messages?beforeSeq=${TOO_LARGE}`),
    await get(`/conversations/${id}/messages?afterSeq=${TOO_LARGE}`),
    await answer({ text: 'Да', seenSeq: TOO_LARGE }),
    await answer({ text: 'Да', seenSeq: -1 }),
  ]

  expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422])
})

describe.each(['due', 'recent'])('a list sorted by %s', (sort) => {
  test.each([
    ['due', 1e300],
    ['due', -8.64e15],
    ['quiet', 1e300],
    ['quiet', -8.64e15],
  ])('refuses a cursor of somebody else’s making: %s, %d', async (part, at) => {
    const page = await get(`/conversations?sort=${sort}&cursor=${encodeCursor([part, at, newId()])}`)

    expect(page).toMatchObject({ status: 400, body: { code: 'request.cursor' } })
  })
})

test('snippets refuse a cursor of another list', async () => {
  const cursors = [
    ['a', 'b'],
    [1, 2],
    [null, null],
    ['a\0', newId()],
  ].map(encodeCursor)

  for (const cursor of cursors) expect((await get(`/snippets?cursor=${cursor}`)).body.code).toBe('request.cursor')
})

test.each(['²', '½', '٣', '𝟘', 'Ⅳ'])('a snippet cannot be typed by %s', async (shortcut) => {
  const added = await okno.call('POST', '/snippets', { shortcut, title: 'Адрес', text: 'Мира, 1' })

  expect(added.status).toBe(422)
})

test('of two snippets that take one shortcut at once one gets it and the other is told so', async () => {
  const add = async (shortcut: string) =>
    (await okno.call('POST', '/snippets', { shortcut, title: 'Адрес', text: 'Мира, 1' })).body.id
  const ids = [await add('один'), await add('два')]

  const changed = await Promise.all(ids.map((one) => okno.call('PATCH', `/snippets/${one}`, { shortcut: 'адрес' })))

  expect(changed.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(changed.find(({ status }) => status === 409)?.body.code).toBe('inbox.snippet_exists')
})

test('what the database cannot keep is left out of answers, notes and subjects', async () => {
  const replied = await answer({ text: 'до\0после' })
  const noted = await okno.call('POST', `/conversations/${id}/notes`, { text: 'за\0метка' })

  expect([replied.status, noted.status]).toEqual([201, 201])
  expect((await threadOf(okno, id)).map(({ text }: { text: string }) => text)).toEqual(
    expect.arrayContaining(['допосле', 'заметка']),
  )
})

test('a filter by a word that cannot be stored is refused', async () => {
  const filters = [{ tag: 'a\0' }, { channel: 'a\0' }].map((filter) => encodeURIComponent(JSON.stringify(filter)))

  for (const filter of filters) expect((await get(`/conversations?filter=${filter}`)).body.code).toBe('request.filter')
})

test('a snooze until a year that no calendar shows is refused', async () => {
  const snoozedUntil = '+275760-09-13T00:00:00.000Z'

  const snoozed = await okno.call('PATCH', `/conversations/${id}`, { status: 'snoozed', snoozedUntil })

  expect(snoozed.status).toBe(422)
})
