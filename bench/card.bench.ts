import { type Asked, ask, cursorAfter } from './support/ask.ts'
import { LONGEST_TIMELINE, openCompany } from './support/company.ts'
import { report, round, summarise } from './support/figures.ts'
import { startReadingFloor } from './support/floor.ts'

/**
 * P4: the card and the timeline of the person with the most entries, as a window opens them: both at once, over two connections; pages deep in
 * the timeline, narrowed by kind and by words; and the brief. `PEOPLE=500000,1000000` measures companies of several sizes: growth per doubling.
 * The client is this process.
 */
const SIZES = (process.env.PEOPLE ?? '1000000').split(',').map(Number)
const ASKED = Number(process.env.ASKED ?? 500)
const WARM_UP = 60
/** Pages of 200 rows before a deep page: the middle of the timeline. */
const DEEP = 50

/** Turns in which companies of several sizes are compared, and how often in each a card is opened. */
const TURNS = 20
const OPENED_IN_A_TURN = 100

const figures: Record<string, unknown> = {}
for (const people of SIZES) {
  const { okno, company } = await openCompany(people)
  const floor = await startReadingFloor(okno.databaseUrl)
  try {
    const card = `/api/v1/people/${company.longest}`
    const timeline = `${card}/timeline?limit=50`
    const narrowed = `${timeline}&kinds=customers.person_created,customers.stage_changed`
    // Rare enough to be looked for through a whole stretch.
    const searched = `${timeline}&q=nowhere%20to%20be%20found`
    const deep = `${timeline}&cursor=${await cursorAfter(okno.url, `${card}/timeline`, DEEP)}`
    const measure = async (paths: string[], url = okno.url) => {
      const question = (n: number) => ({ path: paths[n % paths.length] ?? '' })
      await ask(url, { count: WARM_UP, question })
      return summarise((await ask(url, { count: ASKED, question })).latencies)
    }
    await ask(okno.url, { count: WARM_UP, question: () => ({ path: card }) })
    const together = summarise(await opened(okno.url, [card, timeline]))
    const least = await measure([`/card/${company.longest}`], floor.url)
    figures[`${people} people`] = {
      'card and timeline together, ms': together,
      'card, ms': await measure([card]),
      'timeline, ms': await measure([timeline]),
      'timeline, in its middle, ms': await measure([deep]),
      'timeline, two rare kinds, ms': await measure([narrowed]),
      'timeline, one stretch of a search, ms': await measure([searched]),
      'brief, ms': await measure([`${card}/brief`]),
      'floor ms': least,
      'times the floor': round(together.median / least.median),
    }
  } finally {
    await floor.stop()
    await okno.stop()
  }
}
await report('card', {
  entries: LONGEST_TIMELINE,
  goal: 'p95 ≤ 20 ms together',
  'opened, times': ASKED,
  ...figures,
  ...(SIZES.length > 1 ? await growth() : {}),
})

/** The machine does not keep its speed for a minute, so all sizes are open at once and asked in turn. */
async function growth(): Promise<Record<string, unknown>> {
  const all = []
  for (const people of SIZES) all.push({ people, latencies: [] as number[], ...(await openCompany(people)) })
  try {
    for (let turn = -1; turn < TURNS; turn++) {
      for (const { okno, company, latencies } of turn % 2 === 0 ? all : all.toReversed()) {
        const card = `/api/v1/people/${company.longest}`
        const took = await opened(okno.url, [card, `${card}/timeline?limit=50`], OPENED_IN_A_TURN)
        if (turn >= 0) latencies.push(...took)
      }
    }
  } finally {
    for (const { okno } of all) await okno.stop()
  }
  const medians = all.map(({ latencies }) => summarise(latencies).median)
  const [first = Number.NaN, last = first] = [medians[0], medians.at(-1)]
  return {
    'in turn, median ms': Object.fromEntries(all.map(({ people }, n) => [`${people} people`, medians[n]])),
    'growth per doubling': `${round(((last / first) ** (1 / doublings()) - 1) * 100)} %`,
  }
}

function doublings(): number {
  return Math.log2((SIZES.at(-1) ?? 1) / (SIZES[0] ?? 1))
}

/** Asks for everything that opening a card needs at once; latency is that of the slower one. */
async function opened(url: string, paths: readonly string[], times = ASKED): Promise<number[]> {
  const latencies: number[] = []
  for (let n = -WARM_UP; n < times; n++) {
    const answers: Promise<Asked>[] = paths.map((path) => ask(url, { count: 1, question: () => ({ path }) }))
    const slowest = Math.max(...(await Promise.all(answers)).flatMap((one) => one.latencies))
    if (n >= 0) latencies.push(slowest)
  }
  return latencies
}
