import { InfiniteQueryObserver, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { askAndShow, createQueryClient, putNews } from './query.ts'

/** A server that answers when the test says so, with what it held when it was asked. */
function heldServer(held: string) {
  const waiting: (() => void)[] = []
  const server = {
    held,
    read: () => {
      const { held: now } = server
      return new Promise<string>((resolve) => waiting.push(() => resolve(now)))
    },
    asked: () => waiting.length,
    /** Answers the oldest question that still waits. */
    answer: async () => {
      waiting.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
  return server
}

const KEY = ['card']

function shown(server: ReturnType<typeof heldServer>) {
  const cache = createQueryClient(() => {})
  const observer = new QueryObserver(cache, { queryKey: KEY, queryFn: server.read })
  const leave = observer.subscribe(() => {})
  return { cache, leave, look: () => observer.getCurrentResult().data }
}

test('what changes while it is read for the first time is read again', async () => {
  const server = heldServer('old')
  const { cache, look } = shown(server)
  server.held = 'new'
  void cache.invalidateQueries({ queryKey: KEY })
  void cache.invalidateQueries()
  expect(server.asked()).toBe(1)

  await server.answer()
  expect(look()).toBe('old')
  expect(server.asked()).toBe(1)
  await server.answer()
  expect(look()).toBe('new')
  expect(server.asked()).toBe(0)
})

test('what changes while it is read before it is looked at is stale when it is looked at', async () => {
  const server = heldServer('old')
  const cache = createQueryClient(() => {})
  void cache.prefetchQuery({ queryKey: KEY, queryFn: server.read })
  void cache.invalidateQueries({ queryKey: KEY })
  await server.answer()

  expect(cache.getQueryState(KEY)?.isInvalidated).toBe(true)
})

test('an answer that comes after a later reading is not the last word', async () => {
  const server = heldServer('first')
  const { cache, look } = shown(server)
  await server.answer()
  const { promise: mine, resolve: answerMine } = Promise.withResolvers<string>()
  const isShown = askAndShow(cache, KEY, () => mine)
  server.held = 'of somebody else'
  void cache.invalidateQueries({ queryKey: KEY })
  await server.answer()

  answerMine('mine')
  await isShown
  expect(look()).toBe('mine')
  await server.answer()
  expect(look()).toBe('of somebody else')
})

test('an answer that nothing has overtaken costs no reading', async () => {
  const server = heldServer('first')
  const { cache, look } = shown(server)
  await server.answer()
  cache.setQueryData(KEY, 'shown at once')

  expect(await askAndShow(cache, KEY, async () => 'mine')).toBe('mine')
  expect(look()).toBe('mine')
  expect(server.asked()).toBe(0)
})

test('an earlier page that was asked for before does not take news away', async () => {
  const server = heldServer('newest')
  const cache = createQueryClient(() => {})
  const observer = new InfiniteQueryObserver(cache, {
    queryKey: KEY,
    queryFn: server.read,
    initialPageParam: 0,
    getNextPageParam: (_page, pages) => pages.length,
  })
  observer.subscribe(() => {})
  await server.answer()
  server.held = 'earlier'
  void observer.fetchNextPage()

  putNews(cache, KEY, () =>
    cache.setQueryData<{ pages: string[] }>(
      KEY,
      (data) => data && { ...data, pages: ['news', ...data.pages.slice(1)] },
    ),
  )
  await server.answer()
  expect(observer.getCurrentResult().data?.pages).toEqual(['news', 'earlier'])
})
