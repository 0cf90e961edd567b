import { expect, test } from 'vitest'
import { type CachedThread, inReadingOrder, lastSeqOf, withMessages } from './cached-messages.ts'
import type { MessageWire } from './inbox-api.ts'

const aMessage = (seq: number, text = `message ${seq}`, sentAt = `2026-11-21T10:00:0${seq}.000Z`): MessageWire => ({
  id: `id-${seq}`,
  conversationId: 'conversation',
  seq,
  direction: 'in',
  channel: 'email',
  account: null,
  from: { name: 'Anna', address: null, operatorId: null, personId: null },
  to: null,
  subject: null,
  text,
  quoted: null,
  html: null,
  files: [],
  automatic: null,
  context: {},
  event: null,
  sentAt,
  editedAt: null,
  isDeleted: false,
  delivery: null,
  can: { resend: false },
})

const aThread = (...pages: number[][]): CachedThread => ({
  pages: pages.map((seqs) => ({ items: seqs.map((seq) => aMessage(seq)), nextCursor: null })),
  pageParams: pages.map(() => null),
})

test('messages that arrive out of order stand in the order of their numbers', () => {
  const thread = withMessages(aThread([2, 3], [1]), [aMessage(5), aMessage(4)])

  expect(inReadingOrder(thread).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
  expect(lastSeqOf(thread)).toBe(5)
})

test('a message that comes twice stands once, with its newest content', () => {
  const once = withMessages(aThread([1]), [aMessage(2)])

  const twice = withMessages(once, [aMessage(2, 'changed')])

  expect(inReadingOrder(twice).map(({ text }) => text)).toEqual(['message 1', 'changed'])
})

test('the first message of an empty thread is shown', () => {
  expect(lastSeqOf(withMessages(aThread([]), [aMessage(1)]))).toBe(1)
})

test('what the customer sent in one go stands as it was said', () => {
  const late = aMessage(3, 'said first', '2026-11-21T09:00:00.000Z')

  expect(inReadingOrder(withMessages(aThread([1, 2]), [late])).map(({ seq }) => seq)).toEqual([3, 1, 2])
})

test('a message behind a gap waits until the gap is filled', () => {
  const gapped = withMessages(aThread([1, 2]), [aMessage(4)])

  expect(lastSeqOf(gapped)).toBe(2)
  expect(lastSeqOf(withMessages(gapped, [aMessage(3), aMessage(4)]))).toBe(4)
})
