import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deliveryStates } from '#modules/channels/contract'
import {
  type ConversationState,
  closed,
  goesOn,
  type Norms,
  newConversation,
  opened,
  owed,
  owned,
  snoozed,
  unowned,
  waiting,
  withAnswer,
  withMessage,
  withRequest,
} from './conversation.ts'
import { isNews } from './delivery-rules.ts'
import { callbackTime, ownThreads, tokenOf, withInlineImages } from './message-content.ts'
import { inReadingOrder } from './reading-order.ts'
import { whichConversation } from './which-conversation.ts'

const noon = new Date('2026-11-18T12:00:00Z')
const past = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)
const DAY = 24 * 60
const everyDay: [string, string][] = [['00:00', '24:00']]
const norms: Norms = {
  firstAnswerMinutes: 60,
  nextAnswerMinutes: 30,
  limitMinutes: 1440,
  reopenDays: 7,
  timeZone: 'Europe/Moscow',
  businessHours: {
    mon: everyDay,
    tue: everyDay,
    wed: everyDay,
    thu: everyDay,
    fri: everyDay,
    sat: everyDay,
    sun: everyDay,
    holidays: [],
  },
}
const aConversation = (more: Partial<ConversationState> = {}): ConversationState => ({
  ...newConversation({ id: 'c', personId: 'p', accountId: 'a', teamId: null, subject: '', at: noon }),
  ...more,
})
const ask = (conversation: ConversationState, minute: number, text = 'вопрос') =>
  withRequest(conversation, { at: past(minute), receivedAt: past(minute), text, accountId: 'a' }, norms)

describe('which conversation', () => {
  const live = aConversation({ id: 'live', status: 'open' })
  const fresh = aConversation({ id: 'fresh', status: 'closed', closedAt: past(-6 * DAY) })
  const old = aConversation({ id: 'old', status: 'closed', closedAt: past(-8 * DAY) })
  const choose = (known: ConversationState[], wakes = true) =>
    whichConversation({ known, wakes, at: noon, reopenDays: 7 })

  test.each([
    ['nothing known starts one', [], { do: 'start' }],
    ['a live one goes on', [live], { do: 'continue', conversation: live }],
    ['a lately closed one is reopened', [fresh], { do: 'reopen', conversation: fresh }],
    ['one closed long ago is history', [old], { do: 'start' }],
    ['the surest wins, also closed', [fresh, live], { do: 'reopen', conversation: fresh }],
    ['history gives way to the next', [old, live], { do: 'continue', conversation: live }],
  ] as const)('%s', (_, known, choice) => {
    expect(choose([...known])).toEqual(choice)
  })

  test('what does not wake joins the surest as it is', () => {
    expect(choose([old, live], false)).toEqual({ do: 'continue', conversation: old })
    expect(choose([], false)).toEqual({ do: 'start' })
  })

  const closedAt = fc.option(fc.integer({ min: -20, max: 0 }).map((days) => past(days * DAY)))
  test('a message of a person never lands in something that stays closed', () => {
    fc.assert(
      fc.property(fc.array(closedAt, { maxLength: 5 }), (moments) => {
        const known = moments.map((at, i) =>
          aConversation({ id: `${i}`, status: at ? 'closed' : 'open', closedAt: at }),
        )
        const choice = choose(known)
        if (choice.do === 'continue') expect(choice.conversation.closedAt).toBeNull()
        if (choice.do === 'start')
          expect(known.every((one) => one.closedAt && one.closedAt < past(-7 * DAY))).toBe(true)
      }),
    )
  })
})

describe('waiting and answering', () => {
  test('the first answer has its norm, the next ones theirs; asking again does not win time', () => {
    const asked = ask(ask(aConversation(), 0), 50)
    const answered = withAnswer(asked, { at: past(20), text: 'ответ' })
    const late = withAnswer(asked, { at: past(90), text: 'ответ' })
    const again = ask(late, 200)

    expect(asked).toMatchObject({ waitingSince: noon, dueAt: past(60), limitAt: past(DAY) })
    expect(late).toMatchObject({ status: 'waiting', waitingSince: null, dueAt: null, limitAt: null })
    expect(late).toMatchObject({ firstAnswerSeconds: 90 * 60, firstAnswerInTime: false })
    expect(answered.firstAnswerInTime).toBe(true)
    expect(again).toMatchObject({ status: 'open', dueAt: past(230), firstAnswerSeconds: 90 * 60 })
  })

  test('an answer that is older than the request does not end the wait', () => {
    expect(withAnswer(ask(aConversation(), 10), { at: past(5), text: 'раньше' })).toMatchObject({
      waitingSince: past(10),
      status: 'new',
      lastText: 'вопрос',
    })
  })

  test('a chosen time comes before the norm, and the limit is never before it', () => {
    const request = { at: noon, receivedAt: noon, text: '', accountId: 'a', promisedAt: past(3 * DAY) }
    expect(withRequest(aConversation(), request, norms)).toMatchObject({
      dueAt: past(3 * DAY),
      limitAt: past(3 * DAY),
    })
  })

  const step = fc.oneof(
    fc.constantFrom('ask', 'answer', 'machine', 'close', 'snooze', 'open', 'owe', 'wait', 'own', 'release'),
  )
  test('whatever happens, what is stored stays true', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.integer({ min: 1, max: 500 })), { maxLength: 30 }), (steps) => {
        let conversation = aConversation()
        let minute = 0
        for (const [what, minutes] of steps) {
          const before = conversation
          minute += minutes
          conversation = does(what, conversation, minute)
          expect(conversation.waitingSince === null).toBe(conversation.dueAt === null)
          expect(conversation.waitingSince === null).toBe(conversation.limitAt === null)
          expect(conversation.status === 'closed').toBe(conversation.closedAt !== null)
          expect(conversation.status === 'snoozed').toBe(conversation.snoozedUntil !== null)
          if (conversation.waitingSince) expect(['new', 'open']).toContain(conversation.status)
          if (what === 'ask') expect(conversation.waitingSince).not.toBeNull()
          if (what === 'machine') expect(conversation.waitingSince).toEqual(before.waitingSince)
          expect(conversation.ownerId === null).toBe(conversation.assignedAt === null)
          expect(conversation.lastSeq).toBeGreaterThanOrEqual(before.lastSeq)
          if (before.firstAnsweredAt) expect(conversation.firstAnsweredAt).toEqual(before.firstAnsweredAt)
        }
      }),
    )
  })

  function does(what: string, one: ConversationState, minute: number): ConversationState {
    const at = past(minute)
    switch (what) {
      case 'ask':
        return ask(one, minute)
      case 'answer':
        return withAnswer(one, { at, text: 'ответ' })
      case 'machine':
        return withMessage(one, { direction: 'in', text: 'я в отпуске', at })
      case 'close':
        return closed(one, null, at)
      case 'snooze':
        return snoozed(one, past(minute + 60))
      case 'open':
        return opened(one)
      case 'owe':
        return owed(one, at, norms)
      case 'wait':
        return waiting(one)
      case 'own':
        return owned(one, 'o', at, { code: 'taken', params: {} })
      default:
        return unowned(one, null)
    }
  }
})

describe('news about a delivery', () => {
  const states = fc.constantFrom(...deliveryStates)

  test('repeats and late news of earlier states change nothing', () => {
    expect(isNews('read', 'delivered')).toBe(false)
    expect(isNews('sent', 'sent')).toBe(false)
    expect(isNews('sent', 'failed')).toBe(true)
    expect(isNews('failed', 'queued')).toBe(true)
  })

  test('without a failure any order of news ends in the furthest state', () => {
    const order = ['queued', 'sending', 'sent', 'delivered', 'read'] as const
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...order), { minLength: 1 }), (news) => {
        const end = news.reduce((state, next) => (isNews(state, next) ? next : state))
        expect(order.indexOf(end)).toBe(Math.max(...news.map((one) => order.indexOf(one))))
      }),
    )
  })

  test('what still waits is news once it is known for what', () => {
    expect(isNews('queued', 'queued', 'not_configured')).toBe(true)
    expect(isNews('sent', 'queued', 'not_configured')).toBe(false)
  })

  test('the same news twice is no news', () => {
    fc.assert(fc.property(states, (state) => void expect(isNews(state, state)).toBe(false)))
  })
})

describe('reading order', () => {
  const message = fc.record({
    seq: fc.integer({ min: 1, max: 1000 }),
    direction: fc.constantFrom('in', 'out', 'note', 'event'),
    sentAt: fc.date({ noInvalidDate: true }),
  })
  const messages = fc.uniqueArray(message, { selector: ({ seq }) => seq, maxLength: 20 })

  test('nothing is lost, and only neighbours from the customer change places', () => {
    fc.assert(
      fc.property(messages, (given) => {
        const bySeq = given.toSorted((a, b) => a.seq - b.seq)
        const read = inReadingOrder(given)
        expect(new Set(read)).toEqual(new Set(given))
        for (const [i, one] of read.entries()) expect(one.direction).toBe(bySeq[i]?.direction)
        for (const [i, one] of read.entries()) {
          const next = read[i + 1]
          if (one.direction === 'in' && next?.direction === 'in') expect(one.sentAt <= next.sentAt).toBe(true)
          if (one.direction !== 'in') expect(one).toBe(bySeq[i])
        }
      }),
    )
  })
})

describe('content of messages', () => {
  test('a token names the conversation, and is no thread of the provider', () => {
    const id = '01a200a6-b681-7000-99b1-acbcf98cbfcd'
    const fact = { threads: ['reply:42', `reply:${id}`, 'a', 'x'.repeat(400)] }
    expect(tokenOf(fact)).toBe(id)
    expect(tokenOf({ threads: ["reply:'; drop table"] })).toBeUndefined()
    expect(ownThreads(fact)).toEqual(['a', expect.stringMatching(/^sha256:[0-9a-f]{64}$/)])
  })

  test('inline images are found also by an encoded id, unknown ones stay', () => {
    const files = [{ fileId: 'f', name: 'a.png', inline: true, contentId: 'a@b' }]
    expect(withInlineImages('<img src="cid:a%40b"><img src=cid:c@d>', files)).toBe(
      '<img src="/api/v1/files/f"><img src=cid:c@d>',
    )
    expect(withInlineImages('<img src="cid:%zz">', files)).toBe('<img src="cid:%zz">')
  })

  test('a callback in the past, too far or unreadable has no time', () => {
    const at = (callback_from: string) => callbackTime({ callback_from }, noon)
    expect(at('2026-11-18T15:00:00Z')).toEqual(new Date('2026-11-18T15:00:00Z'))
    expect([at('2026-11-18T11:00:00Z'), at('2027-11-18T15:00:00Z'), at('завтра')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

test('whatever happens to a conversation, it counts how often it was closed and went on', () => {
  const steps: Record<string, (conversation: ConversationState) => ConversationState> = {
    close: (one) => closed(one, null, noon),
    open: opened,
    wait: waiting,
    snooze: (one) => snoozed(one, past(60)),
    owe: (one) => owed(one, noon, norms),
    ask: (one) => ask(one, 1),
    answer: (one) => withAnswer(one, { at: past(2), text: 'ответ' }),
    give: (one) => owned(one, 'anna', noon, { code: 'taken', params: {} }),
    release: (one) => unowned(one, null),
  }
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.values(steps)), { maxLength: 30 }), (taken) => {
      let conversation = aConversation()
      let count = 0
      for (const step of taken) {
        const after = step(conversation)
        if (conversation.status === 'closed' && after.status !== 'closed') count++
        expect((after.status === 'closed') === (after.closedAt !== null)).toBe(true)
        expect((after.status === 'snoozed') === (after.snoozedUntil !== null)).toBe(true)
        conversation = after
      }
      expect(conversation.reopenedCount).toBe(count)
    }),
  )
})

test('what was snoozed in the queue is still meant for the owner of its person when it wakes', () => {
  const queued = aConversation({ preferredOwnerId: 'anna', status: 'snoozed', snoozedUntil: noon })

  expect(goesOn(queued, [])).toMatchObject({ ownerId: null, preferredOwnerId: 'anna' })
  expect(goesOn({ ...queued, ownerId: 'boris' }, [])).toMatchObject({ ownerId: null, preferredOwnerId: 'boris' })
  expect(goesOn({ ...queued, ownerId: 'boris' }, [{ id: 'boris' }])).toMatchObject({ ownerId: 'boris' })
})
