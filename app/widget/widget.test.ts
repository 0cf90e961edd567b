import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { textOn } from './colours.ts'
import { linkParts } from './links.ts'
import { createOutbox, type Outcome, type Outgoing } from './outbox.ts'
import { openKeep } from './storage.ts'
import { chooseLocale, countOf, fill, sizeOf, textsOf } from './texts.ts'
import { countUnread, emptyTranscript, isMissingBefore, merge } from './transcript.ts'

/** What a page of a customer's site may cost: the promise of the product. */
const MAX_BYTES = 40 * 1024

test('the whole script is at most 40 kB, packed, and evaluates nothing', async () => {
  const result = await build({ configFile: 'vite.widget.config.ts', logLevel: 'silent', build: { write: false } })
  const chunks = [result].flat().flatMap((one) => ('output' in one ? one.output : []))
  const script = chunks.map((chunk) => ('code' in chunk ? chunk.code : '')).join('')

  expect(chunks).toHaveLength(1)
  expect(gzipSync(script, { level: 9 }).byteLength).toBeLessThanOrEqual(MAX_BYTES)
  expect(script).not.toMatch(/\beval\(|new Function\(|innerHTML|insertAdjacentHTML|document\.write/)
})

const anEntry = (seq: number, direction: 'in' | 'out' = 'out') => ({
  seq,
  direction,
  key: `key-${seq}`,
  author: null,
  text: `${seq}`,
  files: [],
  at: '2026-11-01T10:00:00.000Z',
})

test('a transcript stays in order and without repeats, whatever the order of arrival', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.infiniteStream(fc.nat()), (count, luck) => {
      const entries = Array.from({ length: count }, (_, n) => anEntry(n + 1))
      const shuffled = [...entries, ...entries]
        .map((entry) => ({ entry, at: luck.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ entry }) => entry)

      const whole = merge(emptyTranscript, shuffled)

      expect(whole).toEqual({ entries, lastSeq: count, hasOlder: false })
    }),
  )
})

test('a hole is noticed, and what lies before it is loaded again instead of shown as if whole', () => {
  const known = merge(emptyTranscript, [anEntry(1), anEntry(2)])

  expect(isMissingBefore(known, 3)).toBe(false)
  expect(isMissingBefore(known, 5)).toBe(true)
  expect(merge(known, [anEntry(5)])).toMatchObject({ entries: [{ seq: 5 }], lastSeq: 5, hasOlder: true })
})

test('only answers that were not seen are unread', () => {
  const transcript = merge(emptyTranscript, [anEntry(1, 'in'), anEntry(2), anEntry(3, 'in'), anEntry(4)])

  expect([0, 2, 4].map((readSeq) => countUnread(transcript, readSeq))).toEqual([2, 1, 0])
})

/** The browser's storage, in memory. */
function aStorage(): Storage {
  const values = new Map<string, string>()
  return {
    get length() {
      return values.size
    },
    key: (n) => [...values.keys()][n] ?? null,
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
    clear: () => values.clear(),
  }
}
const aSaying = (n: number): Outgoing => ({ kind: 'say', key: `key-${n}`, at: 1000 + n, text: `${n}`, files: [] })

test('what waits is sent in order when there is a connection, with its own keys, also after a reload', async () => {
  const storage = aStorage()
  const before = createOutbox(
    openKeep('a', '', () => storage),
    {
      isConnected: () => false,
      send: () => Promise.reject(new Error('not connected')),
      settled: () => undefined,
    },
  )
  for (const n of [1, 2, 3]) before.add(aSaying(n))

  const sent: string[] = []
  const answers: Outcome[] = [{ retryAfterMs: 1 }, 'taken', 'refused', 'taken']
  const settled: string[] = []
  const after = createOutbox(
    openKeep('a', '', () => storage),
    {
      isConnected: () => true,
      send: async (item) => {
        sent.push(item.key)
        return answers.shift() ?? 'taken'
      },
      settled: (item, outcome) => settled.push(`${item.key} ${outcome}`),
    },
  )
  after.flush()

  await expect.poll(() => after.waiting()).toEqual([])
  expect(sent).toEqual(['key-1', 'key-1', 'key-2', 'key-3'])
  expect(settled).toEqual(['key-1 taken', 'key-2 refused', 'key-3 taken'])
})

test('accounts and profiles of one page do not see each other’s things, and a forbidden storage is no obstacle', () => {
  const storage = aStorage()
  const one = openKeep('a', '', () => storage)
  const other = openKeep('a', 'second', () => storage)
  const without = openKeep('a', '', () => {
    throw new Error('SecurityError')
  })

  one.set('token', '1')
  without.set('token', '3')

  expect([one.get('token'), other.get('token'), without.get('token')]).toEqual(['1', undefined, '3'])
  expect(without.names('tok')).toEqual(['token'])
})

test.each([
  [
    'Смотрите https://shop.example/a?b=1#c.',
    ['Смотрите ', 'https://shop.example/a?b=1#c|https://shop.example/a?b=1#c', '.'],
  ],
  ['(www.shop.example)', ['(', 'www.shop.example|https://www.shop.example', ')']],
  [
    'https://ru.wikipedia.org/wiki/Дуб_(дерево)!',
    ['https://ru.wikipedia.org/wiki/Дуб_(дерево)|https://ru.wikipedia.org/wiki/Дуб_(дерево)', '!'],
  ],
  ['пишите на info@shop.example, ждём', ['пишите на ', 'info@shop.example|mailto:info@shop.example', ', ждём']],
  ['javascript:alert(1) data:text/html,x', ['javascript:alert(1) data:text/html,x']],
  ['<a href="https://x.example">', ['<a href="', 'https://x.example|https://x.example', '">']],
])('addresses in «%s» become links', (text, expected) => {
  expect(linkParts(text).map(({ text: part, href }) => (href ? `${part}|${href}` : part))).toEqual(expected)
})

test('the parts of any text make the same text, and lead only to the web or to mail', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('https://', 'www.', '@', 'a.example', ')', '"', 'javascript:'),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')
      const parts = linkParts(text)
      expect(parts.map((part) => part.text).join('')).toBe(text)
      for (const { href } of parts) if (href) expect(href).toMatch(/^(https?:\/\/|mailto:)/i)
    }),
  )
})

test('both languages have the same texts with the same values', () => {
  const shape = (texts: object): unknown =>
    Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [
        key,
        typeof text === 'string' ? [...text.matchAll(/\{\w+\}/g)].map(([value]) => value).sort() : shape(text),
      ]),
    )

  expect(shape(textsOf('ru'))).toEqual(shape(textsOf('en')))
  expect([1, 3, 5, 21].map((n) => countOf('ru', textsOf('ru').unread, n))).toEqual([
    '1 новое сообщение',
    '3 новых сообщения',
    '5 новых сообщений',
    '21 новое сообщение',
  ])
  expect(fill('{a} и {b}', { a: 'x' })).toBe('x и {b}')
  expect([sizeOf('ru', 10), sizeOf('ru', 1_600_000), sizeOf('en', 20_000)]).toEqual(['1 КБ', '1,5 МБ', '20 KB'])
})

test('the language is the account’s, else the first wish', () => {
  expect(chooseLocale('en', ['ru'])).toBe('en')
  expect(chooseLocale('auto', [undefined, 'ru-RU', 'en'])).toBe('ru')
  expect(chooseLocale('auto', ['', 'de'])).toBe('en')
})

test('text on the accent is readable, whatever accent is chosen', () => {
  expect(['#000000', '#1c6dd0', '#0b7285', '#ffe066', '#ffffff'].map(textOn)).toEqual([
    '#ffffff',
    '#ffffff',
    '#ffffff',
    '#14171c',
    '#14171c',
  ])
})
