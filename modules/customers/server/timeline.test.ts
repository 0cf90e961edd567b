import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, type TestCustomers, testCustomers } from '../../../tests/support/customers.ts'
import type { NewTimelineEntry } from './index.ts'

let okno: TestCustomers
let personId: string
const DAY_MS = 86_400_000
const start = new Date('2026-01-01T12:00:00Z').getTime()
const COUNT = 300

beforeAll(async () => {
  okno = await testCustomers()
  personId = (await newPerson(okno.ours)).id
  const entries = Array.from(
    { length: COUNT },
    (_, day): NewTimelineEntry => ({
      personId,
      at: new Date(start + day * DAY_MS),
      kind: day % 10 === 0 ? 'shop.bought' : 'inbox.conversation_opened',
      data: {
        number: day,
        subject: day === 7 ? 'Скидка 50% "как у всех"' : `Обращение ${day}`,
        operatorId: '50000000',
      },
    }),
  )
  await okno.ours.transaction((tx) => okno.customers.recordTimelineAll(tx, entries))
})
afterAll(() => okno.close())

const read = async (query: Record<string, string>) =>
  (await okno.ours.call('GET', `/people/${personId}/timeline?${new URLSearchParams(query)}`)).body
type Entry = { data: { number?: number } }
const numbers = ({ items }: { items: Entry[] }) => items.map(({ data }) => data.number)

test('only the kinds asked for, in one order', async () => {
  const bought = await read({ kinds: 'shop.bought', limit: '3' })
  expect(numbers(bought)).toEqual([290, 280, 270])
  expect(numbers(await read({ kinds: 'shop.bought', limit: '3', cursor: bought.nextCursor }))).toEqual([260, 250, 240])
  const mixed = await read({ kinds: 'shop.bought,customers.person_created', limit: '2' })
  expect(mixed.items.map(({ kind }: { kind: string }) => kind)).toEqual(['customers.person_created', 'shop.bought'])
})

test('a day is jumped to, and from there it goes on both ways without a gap', async () => {
  const page = await read({ at: new Date(start + 100 * DAY_MS).toISOString(), limit: '5' })
  expect(numbers(page)).toEqual([100, 99, 98, 97, 96])
  expect(numbers(await read({ cursor: page.nextCursor, limit: '2' }))).toEqual([95, 94])
  const newer = await read({ cursor: page.previousCursor, towards: 'newer', limit: '3' })
  expect(numbers(newer)).toEqual([103, 102, 101])
  expect(numbers(await read({ cursor: newer.previousCursor, towards: 'newer', limit: '2' }))).toEqual([105, 104])

  const before = await read({ at: '2020-01-01T00:00:00Z' })
  expect(before).toMatchObject({ items: [], nextCursor: null })
  expect(numbers(await read({ cursor: before.previousCursor, towards: 'newer', limit: '2' }))).toEqual([1, 0])
  const last = await read({ at: '2030-01-01T00:00:00Z', limit: '1' })
  expect(await read({ cursor: last.previousCursor, towards: 'newer' })).toMatchObject({
    items: [],
    previousCursor: null,
  })
})

test('words are found in what a person can read, signs of patterns mean themselves', async () => {
  expect(numbers(await read({ q: 'обращение 29' }))).toEqual([299, 298, 297, 296, 295, 294, 293, 292, 291, 290, 29])
  expect(numbers(await read({ q: '50% "как' }))).toEqual([7])
  expect(numbers(await read({ q: '_%' }))).toEqual([])
  // Ids are no words, and neither are the names of values.
  expect(numbers(await read({ q: '50000000' }))).toEqual([])
  expect(numbers(await read({ q: 'subject' }))).toEqual([])
  expect(numbers(await read({ q: 'обращение 29', kinds: 'shop.bought' }))).toEqual([290])
})

test('a search goes through a long timeline by stretches and says how far it came', async () => {
  const { id } = await newPerson(okno.ours)
  const entries = Array.from(
    { length: 4500 },
    (_, minute): NewTimelineEntry => ({
      personId: id,
      at: new Date(start + minute * 60_000),
      kind: 'inbox.conversation_opened',
      data: { subject: minute === 3 ? 'Редкое слово' : 'Другое' },
    }),
  )
  await okno.ours.transaction((tx) => okno.customers.recordTimelineAll(tx, entries))
  const found = []
  let [cursor, asked] = ['', 0]
  do {
    const query = new URLSearchParams({ q: 'редкое', ...(cursor ? { cursor } : {}) })
    const { body } = await okno.ours.call('GET', `/people/${id}/timeline?${query}`)
    expect(body.searchedTo === null).toBe(body.nextCursor === null)
    found.push(...body.items)
    cursor = body.nextCursor ?? ''
    asked++
  } while (cursor)
  expect([found.length, asked]).toEqual([1, 3])
})
