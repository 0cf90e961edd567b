import { type Ledger, type Way, type Written, wordsIn, wordsOf } from './ledger.ts'
import { inverted, type Line, type Place, placesOf, wrong } from './line.ts'
import type { SeenConversation, Unfinished } from './witness.ts'

const WAYS: Record<Way, string> = {
  api: 'by API',
  email: 'by e-mail',
  mailbox: 'through a mailbox',
  webchat: 'by site chat',
  form: 'by form',
}
/** Ways on which a repetition is known by its key, so that there are as many raw arrivals as messages. */
const KEYED = ['api', 'webchat', 'form'] as const

/** What customers wrote against what stands in conversations. */
export function compareArrivals(ledger: Ledger, seen: readonly SeenConversation[], unfinished: Unfinished): Line[] {
  const stored = placesOf(seen, 'in', ({ text }) => wordsIn(text) ?? text)
  const acknowledged = ledger.acknowledged()
  const known = new Set(ledger.written.map(wordsOf))
  const threads = [...Map.groupBy(acknowledged, ({ thread }) => thread)]
  const conversationsOf = (written: readonly Written[]) =>
    new Set(written.flatMap((one) => (stored.get(wordsOf(one)) ?? []).map(({ conversation }) => conversation.id)))
  const ways = Object.entries(WAYS).map(([way, words]) => ({
    title: `messages acknowledged, ${words}`,
    count: acknowledged.filter(({ channel }) => channel === way).length,
  }))
  return [
    ...ways,
    { title: 'sent again for want of an answer', count: ledger.sentAgain },
    { title: 'copies sent on purpose', count: ledger.copies },
    { title: 'threads', count: threads.length },
    wrong('refused by Okno', ledger.refusals),
    wrong(
      'lost',
      acknowledged.map(wordsOf).filter((words) => !stored.has(words)),
    ),
    wrong(
      'stored more than once',
      [...stored].flatMap(([words, { length }]) => (length > 1 ? [`${words} × ${length}`] : [])),
    ),
    wrong(
      'never sent by anybody',
      [...stored.keys()].filter((words) => !known.has(words)),
    ),
    wrong(
      'out of order in their thread',
      threads.flatMap(([, written]) => outOfOrder(written, stored)),
    ),
    wrong(
      'threads in several conversations',
      threads.flatMap(([thread, written]) => (conversationsOf(written).size > 1 ? [thread] : [])),
    ),
    wrong(
      'conversations with several threads',
      seen.filter((one) => threadsIn(one).size > 1).map(({ id }) => id),
    ),
    wrong(
      'conversations with a gap in their order',
      seen.filter(hasGap).map(({ id }) => id),
    ),
    wrong('people doubled', doubles(seen.map(({ personId }) => personId))),
    wrong(
      'files missing or doubled',
      acknowledged.flatMap((one) => {
        const files = stored.get(wordsOf(one))?.[0]?.message.files.length ?? 0
        return files === (one.hasFile ? 1 : 0) ? [] : [wordsOf(one)]
      }),
    ),
    wrong(
      'raw arrivals by API, chat or form more or fewer than written',
      KEYED.flatMap((way) => {
        const count = ledger.written.filter(({ channel }) => channel === way).length
        const there = unfinished.arrivals[way] ?? 0
        return there === count ? [] : [`${way}: ${there} of ${count}`]
      }),
    ),
    wrong('chats that show their visitor anything else', ledger.wrongChats),
  ]
}

/** A message must stand behind every one that was acknowledged before it was sent at all; those sent at once may stand either way. */
const outOfOrder = (written: readonly Written[], stored: ReadonlyMap<string, readonly Place[]>): string[] =>
  inverted(
    written.map((one) => ({
      name: wordsOf(one),
      from: one.startedAt,
      to: one.acknowledgedAt,
      place: stored.get(wordsOf(one))?.[0]?.message.seq,
    })),
  )

const threadsIn = ({ messages }: SeenConversation) =>
  new Set(messages.flatMap(({ direction, text }) => (direction === 'in' ? [wordsIn(text)?.split(' ')[1] ?? text] : [])))

const hasGap = ({ messages, lastSeq }: SeenConversation) =>
  messages.length !== lastSeq || messages.some(({ seq }, i) => seq !== i + 1)

const doubles = (values: readonly string[]) => [...new Set(values.filter((value, i) => values.indexOf(value) !== i))]
