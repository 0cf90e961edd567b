import { ask } from './support/ask.ts'
import { openCompany } from './support/company.ts'
import { contractConditions, makeContracts } from './support/contracts.ts'
import { type Latencies, report, round, summarise } from './support/figures.ts'
import { startReadingFloor } from './support/floor.ts'

/**
 * Lists by what names their customers in a field of one's own: 50,000 contracts beside 100,000 people. Rare and common conditions, turned round
 * and beside others, from people to contracts and back, each by name and by age. One question at a time; the client is this process.
 */
const PEOPLE = Number(process.env.PEOPLE ?? 100_000)
const CONTRACTS = Number(process.env.CONTRACTS ?? 50_000)
const ASKED = Number(process.env.ASKED ?? 60)
/** Only conditions whose name matches: for looking at some of them again. */
const KINDS = new RegExp(process.env.KINDS ?? '')
const WARM_UP = 10
const GOAL_MS = 50
const SORTS = { 'by name': 'name', newest: '-createdAt' }

const { okno, company } = await openCompany(PEOPLE, { copy: true })
const floor = await startReadingFloor(okno.databaseUrl)
try {
  await makeContracts(okno, CONTRACTS)
  const owners = company.cast.operators.slice(0, 8).map(({ id }) => id)
  const figures = new Map<string, Latencies>()
  for (const [name, { object, conditions }] of Object.entries(contractConditions(owners))) {
    for (const [by, sort] of Object.entries(SORTS)) {
      const kind = `${name}, ${by}`
      if (!KINDS.test(kind)) continue
      const question = (n: number) => {
        const filter = encodeURIComponent(JSON.stringify(conditions[n % conditions.length]))
        return { path: `/api/v1/objects/${object}/rows?fields=name&limit=50&sort=${sort}&filter=${filter}` }
      }
      await ask(okno.url, { count: WARM_UP, question })
      figures.set(kind, summarise((await ask(okno.url, { count: ASKED, question })).latencies))
      console.log(`  ${kind.padEnd(44)} ${JSON.stringify(figures.get(kind))}`)
    }
  }
  const page = () => ({ path: '/page' })
  await ask(floor.url, { count: WARM_UP, question: page })
  const least = summarise((await ask(floor.url, { count: ASKED, question: page })).latencies)
  const all = [...figures.values()].map(({ p95 }) => p95).toSorted((a, b) => a - b)
  await report('references', {
    people: PEOPLE,
    contracts: CONTRACTS,
    goal: `p95 ≤ ${GOAL_MS} ms`,
    'questions of each kind': ASKED,
    ...Object.fromEntries(figures),
    'over the goal': [...figures].filter(([, { p95 }]) => p95 > GOAL_MS).map(([name]) => name),
    'floor ms': least,
    'median of all p95 / floor': round((all[Math.floor(all.length / 2)] ?? Number.NaN) / least.p95),
  })
} finally {
  await floor.stop()
  await okno.stop()
}
