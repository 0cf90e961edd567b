import { expect, test } from 'vitest'
import { type LoadedQueue, whatToReread } from './what-to-reread.ts'

const ME = 'me'
const mine: LoadedQueue = { view: 'mine', isShown: true, ids: new Set(['in-mine']) }
const unassigned: LoadedQueue = { view: 'unassigned', isShown: true, ids: new Set(['waits']) }
const kept: LoadedQueue = { ...unassigned, isShown: false }

test.each([
  { name: 'given to me', change: ['new', ME], queues: [mine], is: { isOwn: true, queues: true } },
  { name: 'taken from me', change: ['in-mine', 'other'], queues: [mine], is: { isOwn: true, queues: true } },
  { name: 'nobody’s, beside my queue', change: ['new', null], queues: [mine], is: { isOwn: false, queues: false } },
  {
    name: 'nobody’s, where it is shown',
    change: ['new', null],
    queues: [unassigned],
    is: { isOwn: false, queues: true },
  },
  {
    name: 'nobody’s, where it was looked at',
    change: ['new', null],
    queues: [mine, kept],
    is: { isOwn: false, queues: false },
  },
  {
    name: 'somebody’s, and stands in a list',
    change: ['waits', 'other'],
    queues: [kept],
    is: { isOwn: true, queues: true },
  },
])('$name', ({ change: [conversationId = '', ownerId = null], queues, is }) => {
  expect(whatToReread({ conversationId, ownerId }, { me: ME, queues })).toEqual(is)
})

test('as long as it is not known who I am nothing counts as mine', () => {
  expect(whatToReread({ conversationId: 'new', ownerId: null }, { me: undefined, queues: [] }).isOwn).toBe(false)
})
