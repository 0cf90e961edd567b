import { answerKeyIn, type Ledger, type Receipt, type Written, wordsOf } from './ledger.ts'
import type { SeenConversation, SeenMessage, Unfinished } from './witness.ts'

/** A line of the final account: `wrong` names every case that must not be. */
export interface Line {
  readonly title: string
  readonly count: number
  readonly wrong?: readonly string[]
}

interface Place {
  readonly conversation: SeenConversation
  readonly message: SeenMessage
}

/** Holds what Okno shows against what those around it know. */
export function compare(ledger: Ledger, seen: readonly SeenConversation[], unfinished: Unfinished): Line[] {
  return [...compareArrivals(ledger, seen, unfinished), ...compareAnswers(ledger, seen), ...compareWork(unfinished)]
}

/** Every message was told to every screen. */
export function compareScreens(
  screens: readonly { readonly heard: ReadonlySet<string>; readonly late: readonly string[] }[],
  seen: readonly SeenConversation[],
): Line[] {
  const messages = seen.flatMap((one) => one.messages)
  return [
    wrong(
      'messages that a screen was not told of',
      screens.flatMap(({ heard }) => messages.filter(({ id }) => !heard.has(id)).map(({ id }) => id)),
    ),
    // Events come in the order in which transactions began to write, not that of the numbers: whoever follows reads behind a number.
    { title: 'messages told behind a later one', count: screens.reduce((sum, { late }) => sum + late.length, 0) },
  ]
}

function compareArrivals(ledger: Ledger, seen: readonly SeenConversation[], unfinished: Unfinished): Line[] {
  const stored = placesOf(seen, 'in', ({ text }) => text.split('\n')[0] ?? '')
  const acknowledged = ledger.acknowledged()
  const known = new Set(ledger.written.map(wordsOf))
  const threads = [...Map.groupBy(acknowledged, ({ thread }) => thread)]
  const conversationsOf = (written: readonly Written[]) =>
    new Set(written.flatMap((one) => (stored.get(wordsOf(one)) ?? []).map(({ conversation }) => conversation.id)))
  const mixed = seen.filter(
    ({ messages }) =>
      new Set(messages.flatMap(({ direction, text }) => (direction === 'in' ? [text.split(' ')[1]] : []))).size > 1,
  )
  const ofApi = ledger.written.filter(({ channel }) => channel === 'api').length
  return [
    { title: 'messages acknowledged, by API', count: acknowledged.filter(({ channel }) => channel === 'api').length },
    {
      title: 'messages acknowledged, by e-mail',
      count: acknowledged.filter(({ channel }) => channel === 'email').length,
    },
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
      mixed.map(({ id }) => id),
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
      'raw arrivals by API more or fewer than written',
      unfinished.arrivalsOfApi === ofApi ? [] : [`${unfinished.arrivalsOfApi} of ${ofApi}`],
    ),
  ]
}

function compareAnswers(ledger: Ledger, seen: readonly SeenConversation[]): Line[] {
  const stored = placesOf(seen, 'out', ({ text }) => answerKeyIn(text) ?? text)
  const answers = [...ledger.answers.values()]
  const confirmed = answers.filter((one) => one.confirmedAt !== undefined)
  const states = Map.groupBy(confirmed, ({ key }) => stored.get(key)?.[0]?.message.delivery?.state ?? 'not there')
  const receiptsOf = (key: string) => ledger.receipts.get(key) ?? []
  const isSent = (state: string | undefined) => state === 'sent' || state === 'delivered' || state === 'read'
  const firstReceipt = (key: string) => receiptsOf(key)[0]?.at
  return [
    { title: 'answers confirmed to operators', count: confirmed.length },
    ...[...states].map(([state, list]) => ({ title: `answers shown as ${state}`, count: list.length })),
    { title: 'lines that broke while an answer was handed over', count: ledger.cutLines },
    wrong(
      'answers not stored',
      confirmed.flatMap(({ key }) => (stored.has(key) ? [] : [key])),
    ),
    wrong(
      'answers stored more than once',
      [...stored].flatMap(([key, { length }]) => (length > 1 ? [key] : [])),
    ),
    wrong(
      'answers in another conversation',
      confirmed.flatMap(({ key, conversationId }) => {
        const place = stored.get(key)?.[0]
        return place && place.conversation.id !== conversationId ? [key] : []
      }),
    ),
    wrong(
      'answers received twice',
      [...ledger.receipts].flatMap(([key, receipts]) => (isTwice(receipts) ? [key] : [])),
    ),
    wrong(
      'answers shown as sent that nobody received',
      confirmed.flatMap(({ key }) =>
        isSent(stored.get(key)?.[0]?.message.delivery?.state) && receiptsOf(key).length === 0 ? [key] : [],
      ),
    ),
    wrong(
      'answers by webhook that are not shown as sent',
      confirmed.flatMap(({ key, channel }) =>
        channel === 'api' && !isSent(stored.get(key)?.[0]?.message.delivery?.state) ? [key] : [],
      ),
    ),
    wrong(
      'answers received that nobody gave',
      [...ledger.receipts.keys()].filter((key) => !ledger.answers.has(key)),
    ),
    wrong(
      'answers that overtook another of their conversation',
      [...Map.groupBy(confirmed, (one) => one.conversationId).values()].flatMap((list) =>
        inverted(
          list.map((one) => ({
            name: one.key,
            from: one.startedAt,
            to: one.confirmedAt,
            place: firstReceipt(one.key),
          })),
        ),
      ),
    ),
  ]
}

function compareWork({ arrivalsWaiting, arrivalsUnreadable, deliveriesOpen, jobsStuck }: Unfinished): Line[] {
  const stuck = (title: string, count: number): Line => wrong(title, count === 0 ? [] : [`${count}`])
  return [
    stuck('arrivals that nobody has read', arrivalsWaiting),
    stuck('arrivals put aside as unreadable', arrivalsUnreadable),
    stuck('answers still on their way', deliveriesOpen),
    stuck('jobs stuck', jobsStuck),
  ]
}

const wrong = (title: string, cases: readonly string[]): Line => ({ title, count: cases.length, wrong: cases })

function placesOf(seen: readonly SeenConversation[], direction: 'in' | 'out', keyOf: (message: SeenMessage) => string) {
  const places = seen.flatMap((conversation) =>
    conversation.messages
      .filter((one) => one.direction === direction)
      .map((message): Place => ({ conversation, message })),
  )
  return Map.groupBy(places, ({ message }) => keyOf(message))
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

function inverted(
  spans: readonly { name: string; from: number; to: number | undefined; place: number | undefined }[],
): string[] {
  return spans.flatMap((later) =>
    spans.some(
      (earlier) =>
        earlier.to !== undefined &&
        earlier.to < later.from &&
        earlier.place !== undefined &&
        later.place !== undefined &&
        earlier.place > later.place,
    )
      ? [later.name]
      : [],
  )
}

const hasGap = ({ messages, lastSeq }: SeenConversation) =>
  messages.length !== lastSeq || messages.some(({ seq }, i) => seq !== i + 1)

/** A mail twice is twice. A webhook is repeated with the same id, by which its receiver knows it. */
const isTwice = (receipts: readonly Receipt[]) =>
  receipts.some(({ channel }) => channel === 'email')
    ? receipts.length > 1
    : new Set(receipts.map(({ id }) => id)).size > 1

const doubles = (values: readonly string[]) => [...new Set(values.filter((value, i) => values.indexOf(value) !== i))]
