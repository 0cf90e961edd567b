import { compareAnswers } from './compare-answers.ts'
import { compareArrivals } from './compare-arrivals.ts'
import type { Ledger } from './ledger.ts'
import { type Line, wrong } from './line.ts'
import type { SeenConversation, Unfinished } from './witness.ts'

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

function compareWork({ arrivalsWaiting, arrivalsUnreadable, deliveriesOpen, jobsStuck }: Unfinished): Line[] {
  const stuck = (title: string, count: number): Line => wrong(title, count === 0 ? [] : [`${count}`])
  return [
    stuck('arrivals that nobody has read', arrivalsWaiting),
    stuck('arrivals put aside as unreadable', arrivalsUnreadable),
    stuck('answers still on their way', deliveriesOpen),
    stuck('jobs stuck', jobsStuck),
  ]
}
