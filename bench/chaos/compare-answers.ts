import { type Answered, answerKeyIn, type Ledger, type Receipt } from './ledger.ts'
import { inverted, type Line, placesOf, wrong } from './line.ts'
import type { SeenConversation } from './witness.ts'

/** What operators said against what stands in conversations and what reached the customers. */
export function compareAnswers(ledger: Ledger, seen: readonly SeenConversation[]): Line[] {
  const stored = placesOf(seen, 'out', ({ text }) => answerKeyIn(text) ?? text)
  const answers = [...ledger.answers.values()]
  const confirmed = answers.filter((one) => one.confirmedAt !== undefined)
  const stateOf = (key: string) => stored.get(key)?.[0]?.message.delivery?.state
  const receiptsOf = (key: string) => ledger.receipts.get(key) ?? []
  const states = Map.groupBy(confirmed, ({ key }) => stateOf(key) ?? 'not there')
  const isSent = (key: string) => ['sent', 'delivered', 'read'].includes(stateOf(key) ?? '')
  const askedAgain = answers.filter(({ again }) => again.confirmed > 0)
  return [
    { title: 'answers confirmed to operators', count: confirmed.length },
    ...[...states].map(([state, list]) => ({ title: `answers shown as ${state}`, count: list.length })),
    { title: 'unknown answers that an operator sent again', count: askedAgain.length },
    {
      title: 'of them, those that reached the customer twice, as asked for',
      count: askedAgain.filter(({ key }) => receiptsOf(key).length > 1).length,
    },
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
      'answers received more often than asked for',
      [...ledger.receipts].flatMap(([key, receipts]) =>
        timesOf(receipts) > 1 + mostPresses(ledger.answers.get(key)) ? [key] : [],
      ),
    ),
    wrong('"send again" not taken, or taken more than once', unevenPresses(answers, seen)),
    wrong(
      'answers shown as sent that nobody received',
      confirmed.flatMap(({ key }) => (isSent(key) && receiptsOf(key).length === 0 ? [key] : [])),
    ),
    wrong(
      'answers by webhook or chat that are not shown as sent',
      confirmed.flatMap(({ key, channel }) =>
        (channel === 'api' || channel === 'webchat') && !isSent(key) ? [key] : [],
      ),
    ),
    wrong(
      'answers received that nobody gave',
      [...ledger.receipts.keys()].filter((key) => !ledger.answers.has(key)),
    ),
    wrong(
      'answers that overtook another of their conversation',
      // What was sent again comes behind later ones, as it should.
      [...Map.groupBy(confirmed.filter(neverAgain), (one) => one.conversationId).values()].flatMap((list) =>
        inverted(
          list.map((one) => ({
            name: one.key,
            from: one.startedAt,
            to: one.confirmedAt,
            place: receiptsOf(one.key)[0]?.at,
          })),
        ),
      ),
    ),
  ]
}

const neverAgain = ({ again }: Answered) => again.confirmed + again.unanswered === 0

/** A press that was left without an answer may have been taken. */
const mostPresses = (answer: Answered | undefined) => (answer ? answer.again.confirmed + answer.again.unanswered : 0)

/** Conversations in which "sent again" stands more or less often than operators pressed. */
function unevenPresses(answers: readonly Answered[], seen: readonly SeenConversation[]): string[] {
  const pressed = Map.groupBy(answers, ({ conversationId }) => conversationId)
  return seen.flatMap(({ id, messages }) => {
    const own = pressed.get(id) ?? []
    const least = own.reduce((sum, { again }) => sum + again.confirmed, 0)
    const most = own.reduce((sum, one) => sum + mostPresses(one), 0)
    const there = messages.filter(({ event }) => event?.code === 'resent').length
    return there < least || there > most ? [`${id}: ${there} of ${least} to ${most}`] : []
  })
}

/** A mail twice is twice. A webhook or a line of a chat is repeated with the same id, by which its receiver knows it. */
const timesOf = (receipts: readonly Receipt[]) =>
  receipts.some(({ channel }) => channel === 'email') ? receipts.length : new Set(receipts.map(({ id }) => id)).size
