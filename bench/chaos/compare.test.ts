import { expect, test } from 'vitest'
import { compare } from './compare.ts'
import { answerWords, Ledger, type Written, wordsOf } from './ledger.ts'
import type { SeenConversation, SeenMessage } from './witness.ts'

const DONE = { arrivalsWaiting: 0, arrivalsUnreadable: 0, deliveriesOpen: 0, jobsStuck: 0, arrivals: { api: 2 } }

/** Two messages of one thread, an answer by webhook and one by mail; all went well. */
function world() {
  const ledger = new Ledger()
  const write = (n: number): Written => ({
    thread: 'a.0',
    n,
    channel: 'api',
    hasFile: false,
    startedAt: 10 * n,
    acknowledgedAt: 10 * n + 5,
  })
  ledger.written.push(write(0), write(1))
  const message = (seq: number, of: Partial<SeenMessage>): SeenMessage => ({
    id: `message ${seq}`,
    seq,
    direction: 'in',
    text: '',
    files: [],
    event: null,
    delivery: null,
    ...of,
  })
  const answer = (key: string, startedAt: number) => {
    const channel = key.startsWith('0') ? 'api' : 'email'
    const again = { confirmed: 0, unanswered: 0 }
    const confirmedAt = startedAt + 5
    ledger.answers.set(key, { key, conversationId: 'one', channel, startedAt, confirmedAt, messageId: key, again })
    ledger.received(key, channel, `id of ${key}`)
    return { direction: 'out' as const, text: answerWords(key), delivery: { state: 'sent', reason: null } }
  }
  const messages = [
    message(1, { text: wordsOf(write(0)) }),
    message(2, { text: wordsOf(write(1)) }),
    message(3, answer('0-0', 100)),
    message(4, answer('1-0', 200)),
  ]
  return { ledger, messages, unfinished: { ...DONE } }
}

type World = ReturnType<typeof world>

function differences({ ledger, messages, unfinished }: World, more: readonly SeenConversation[] = []): string[] {
  const one: SeenConversation = { id: 'one', lastSeq: messages.length, personId: 'somebody', messages }
  return compare(ledger, [one, ...more], unfinished).flatMap(({ title, wrong, count }) =>
    wrong && count > 0 ? [title] : [],
  )
}

const change = (messages: SeenMessage[], n: number, of: Partial<SeenMessage>) => {
  const before = messages[n]
  if (before) messages[n] = { ...before, ...of }
}

const resent = (): SeenMessage => ({
  id: 'message 5',
  seq: 5,
  direction: 'event',
  text: '',
  files: [],
  event: { code: 'resent' },
  delivery: null,
})
const press = (ledger: Ledger) => {
  const answer = ledger.answers.get('1-0')
  if (answer) answer.again.confirmed++
}
const sendAgain = (ledger: Ledger, messages: SeenMessage[]) => {
  press(ledger)
  messages.push(resent())
}

test('when all went well there is no difference', () => {
  expect(differences(world())).toEqual([])
})

test.each<[name: string, spoil: (world: World) => void]>([
  ['lost', ({ messages }) => void messages.splice(1, 1)],
  ['stored more than once', ({ messages }) => change(messages, 1, { text: messages[0]?.text ?? '' })],
  ['never sent by anybody', ({ messages }) => change(messages, 1, { text: 'word x 7.' })],
  [
    'out of order in their thread',
    ({ messages }) => {
      const [first, second] = messages
      change(messages, 0, { text: second?.text ?? '' })
      change(messages, 1, { text: first?.text ?? '' })
    },
  ],
  ['conversations with a gap in their order', ({ messages }) => change(messages, 3, { seq: 5 })],
  ['files missing or doubled', ({ messages }) => change(messages, 0, { files: ['a file'] })],
  [
    'raw arrivals by API, chat or form more or fewer than written',
    ({ unfinished }) => Object.assign(unfinished, { arrivals: { api: 3 } }),
  ],
  ['refused by Okno', ({ ledger }) => void ledger.refusals.push('422')],
  ['answers not stored', ({ messages }) => void messages.pop()],
  ['answers stored more than once', ({ messages }) => change(messages, 3, { text: messages[2]?.text ?? '' })],
  ['answers received more often than asked for', ({ ledger }) => ledger.received('1-0', 'email', 'id of 1-0')],
  ['answers received more often than asked for', ({ ledger }) => ledger.received('0-0', 'api', 'another id')],
  [
    'answers received more often than asked for',
    ({ ledger, messages }) => {
      sendAgain(ledger, messages)
      ledger.received('1-0', 'email', 'id of 1-0')
      ledger.received('1-0', 'email', 'id of 1-0')
    },
  ],
  ['"send again" not taken, or taken more than once', ({ ledger }) => press(ledger)],
  ['"send again" not taken, or taken more than once', ({ messages }) => void messages.push(resent())],
  ['chats that show their visitor anything else', ({ ledger }) => void ledger.wrongChats.push('webchat0.0')],
  ['answers shown as sent that nobody received', ({ ledger }) => void ledger.receipts.delete('1-0')],
  [
    'answers by webhook or chat that are not shown as sent',
    ({ messages }) => change(messages, 2, { delivery: { state: 'unknown', reason: null } }),
  ],
  ['answers received that nobody gave', ({ ledger }) => ledger.received('9-9', 'api', 'any')],
  [
    'answers that overtook another of their conversation',
    ({ ledger }) => {
      const late = { id: 'id of 0-0', channel: 'api' as const, at: Number.MAX_SAFE_INTEGER }
      ledger.receipts.set('0-0', [late])
    },
  ],
  ['jobs stuck', ({ unfinished }) => Object.assign(unfinished, { jobsStuck: 1 })],
  ['answers still on their way', ({ unfinished }) => Object.assign(unfinished, { deliveriesOpen: 1 })],
])('%s', (title, spoil) => {
  const spoilt = world()
  spoil(spoilt)

  expect(differences(spoilt)).toContain(title)
})

test('a thread in two conversations, or two people for one customer, is seen', () => {
  const { messages, ...rest } = world()
  const [first, ...others] = messages.slice(0, 2)
  const another: SeenConversation = {
    id: 'two',
    lastSeq: 1,
    personId: 'somebody',
    messages: others.map((one) => ({ ...one, seq: 1 })),
  }

  const found = differences({ ...rest, messages: first ? [first] : [] }, [another])

  expect(found).toContain('threads in several conversations')
  expect(found).toContain('people doubled')
})

test('a webhook that is repeated with its id counts as one, and what a channel cannot tell may be unknown', () => {
  const one = world()
  one.ledger.received('0-0', 'api', 'id of 0-0')
  one.ledger.receipts.delete('1-0')
  change(one.messages, 3, { delivery: { state: 'unknown', reason: null } })

  expect(differences(one)).toEqual([])
})

test('what an operator sent again may reach the customer twice, and behind later answers', () => {
  const one = world()
  sendAgain(one.ledger, one.messages)
  one.ledger.received('1-0', 'email', 'id of 1-0')

  expect(differences(one)).toEqual([])
})
