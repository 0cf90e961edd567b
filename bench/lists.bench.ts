import { ask } from './support/ask.ts'
import { openCompany } from './support/company.ts'
import { type Latencies, report, round, summarise } from './support/figures.ts'
import { startReadingFloor } from './support/floor.ts'
import { questions } from './support/questions.ts'

/**
 * P3: every list of people and conversations by every filter and sort of the API, first pages and deep ones, and search by parts of
 * names, numbers, words and mistyped names. One question at a time, as one operator asks; the client is this process.
 */
const PEOPLE = Number(process.env.PEOPLE ?? 1_000_000)
const ASKED = Number(process.env.ASKED ?? 150)
/** Only questions whose name matches: for looking at some of them again. */
const KINDS = new RegExp(process.env.KINDS ?? '')
const WARM_UP = 15
const GOAL_MS = 50

const { okno, company } = await openCompany(PEOPLE)
const floor = await startReadingFloor(okno.databaseUrl)
try {
  const figures = new Map<string, Latencies>()
  for (const [name, paths] of Object.entries(await questions(okno, company))) {
    if (!KINDS.test(name)) continue
    const question = (n: number) => ({ path: `/api/v1${paths[n % paths.length]}` })
    await ask(okno.url, { count: Math.min(WARM_UP, paths.length), question })
    figures.set(name, summarise((await ask(okno.url, { count: ASKED, question })).latencies))
    console.log(`  ${name.padEnd(44)} ${JSON.stringify(figures.get(name))}`)
  }
  const page = () => ({ path: '/page' })
  await ask(floor.url, { count: WARM_UP, question: page })
  const least = summarise((await ask(floor.url, { count: ASKED, question: page })).latencies)
  const [slowest = ['', least]] = [...figures].toSorted(([, a], [, b]) => b.p95 - a.p95)
  await report('lists', {
    people: company.size.people,
    messages: company.size.messages,
    goal: `p95 ≤ ${GOAL_MS} ms`,
    'questions of each kind': ASKED,
    ...Object.fromEntries(figures),
    'over the goal': [...figures].filter(([, { p95 }]) => p95 > GOAL_MS).map(([name]) => name),
    slowest: `${slowest[0]}: p95 ${slowest[1].p95} ms`,
    'floor ms': least,
    'median of all p95 / floor': round(median([...figures.values()].map(({ p95 }) => p95)) / least.p95),
  })
} finally {
  await floor.stop()
  await okno.stop()
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
