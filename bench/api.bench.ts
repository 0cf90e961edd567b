import { ask, type Question } from './support/ask.ts'
import { CITIES, chance, fullName, pick } from './support/company/words.ts'
import { openCompany } from './support/company.ts'
import { report, round, spread, summarise } from './support/figures.ts'
import { startReadingFloor } from './support/floor.ts'

/**
 * P9: the API with rights, over 8 connections, in a company of 100,000 people: create a person, a filtered list of 50, search by a full name,
 * a card with its timeline. The client is this process. Each is asked in several rounds, so that the spread is seen.
 */
const PEOPLE = Number(process.env.PEOPLE ?? 100_000)
const CONNECTIONS = 8
const ROUNDS = 3
const ASKED = Number(process.env.ASKED ?? 2000)
const GOALS = { create: 1000, list: 500, search: 1000, card: 700 }

const { okno, company } = await openCompany(PEOPLE, { copy: true })
const floor = await startReadingFloor(okno.databaseUrl)
try {
  const people = await okno.query<{ id: string; name: string }>(
    'select id, name from customers.people tablesample bernoulli (5) repeatable (1) order by id limit 2000',
  )
  const owners = company.cast.operators.map(({ id }) => id)
  const random = chance(3)
  const at = <Item>(items: readonly Item[], n: number): Item => items[n % items.length] ?? pick(items, random)
  const questions: Record<keyof typeof GOALS, (n: number) => Question[]> = {
    create: (n) => [{ path: '/api/v1/people', body: draft(n) }],
    list: (n) => [{ path: `/api/v1/people?limit=50&stage=${at(['lead', 'customer'], n)}&ownerId=${at(owners, n)}` }],
    search: (n) => [{ path: `/api/v1/people?q=${encodeURIComponent(at(people, n).name)}` }],
    card: (n) => {
      const path = `/api/v1/people/${at(people, n).id}`
      return [{ path }, { path: `${path}/timeline?limit=50` }]
    },
  }
  const least = {
    create: await perSecond(floor.url, (n) => [{ path: '/row', body: draft(n) }]),
    list: await perSecond(floor.url, () => [{ path: '/page' }]),
    card: await perSecond(floor.url, (n) => [{ path: `/card/${at(people, n).id}` }]),
  }
  const figures: Record<string, unknown> = {}
  for (const name of ['create', 'list', 'search', 'card'] as const) {
    const measured = await perSecond(okno.url, questions[name])
    const base = name === 'search' ? least.list : least[name]
    figures[name] = {
      goal: GOALS[name],
      'per second': measured.rounds,
      ms: measured.latencies,
      'floor per second': base.rounds.median,
      'share of the floor': `${round((measured.rounds.median / base.rounds.median) * 100)} %`,
    }
  }
  await report('api', { people: PEOPLE, connections: CONNECTIONS, rounds: ROUNDS, 'asked in each': ASKED, ...figures })
} finally {
  await floor.stop()
  await okno.stop()
}

/** How many of these are answered in a second; one that needs two requests counts once. */
async function perSecond(url: string, questions: (n: number) => Question[]) {
  const each = questions(0).length
  const question = (from: number) => (n: number) => questions(from + Math.floor(n / each))[n % each] ?? { path: '/' }
  const rounds: number[] = []
  const latencies: number[] = []
  await ask(url, { connections: CONNECTIONS, count: 400, question: question(1_000_000) })
  for (let round = 0; round < ROUNDS; round++) {
    const from = round * ASKED
    const asked = await ask(url, { connections: CONNECTIONS, count: ASKED * each, question: question(from) })
    rounds.push(ASKED / asked.seconds)
    latencies.push(...asked.latencies)
  }
  return { rounds: spread(rounds), latencies: summarise(latencies) }
}

function draft(n: number) {
  const some = chance(n + 1)
  const { first, middle, last } = fullName(some)
  return {
    firstName: first,
    middleName: middle,
    lastName: last,
    emails: [`new${n}@bench.example`],
    phones: [`+7${9_100_000_000 + n}`],
    city: pick(CITIES, some),
  }
}
