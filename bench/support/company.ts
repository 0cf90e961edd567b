import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { startEmbeddedPostgres } from '../../platform/server/embedded-postgres.ts'
import { assertIsWritten, assertWritesTheSame } from './company/check.ts'
import { withClient } from './company/client.ts'
import { type Frame, makeFrame } from './company/frame.ts'
import { type Cast, type Size, type Telling, writeHistory } from './company/history.ts'
import { rebuildIndexes } from './company/indexes.ts'
import type { Template } from './company/sample.ts'
import { tellStories } from './company/stories.ts'
import { type BenchOkno, startOkno } from './okno.ts'

/**
 * Raised when companies must be made anew: the generator or the product writes something else. A migration that is merely new is applied
 * to a kept company when Okno starts, as to any other; whether rows are still what the product writes is checked each time.
 */
const VERSION = 5
/** Generated companies stay here from run to run: `OKNO_BENCH_DATA`, by default among temporary files. */
const FOLDER = path.resolve(process.env.OKNO_BENCH_DATA ?? path.join(tmpdir(), 'okno-bench-companies'))

const MESSAGES_PER_PERSON = 3
/** P4: this many entries has the card that has the most. */
export const LONGEST_TIMELINE = 100_000
const OPERATORS = 24

/** A generated company: what a measurement asks for by name. */
export interface Company {
  readonly size: Size
  readonly now: number
  readonly cast: Cast
  /** The person with the longest timeline. */
  readonly longest: string
  readonly secondsToMake: number
}
interface Made extends Company {
  readonly templates: Readonly<Record<string, Template>>
  readonly tellings: readonly Telling[]
}

/**
 * Starts Okno on a company with so many people and three times as many messages, all written as the product writes them, which is checked
 * first. Generated once and kept; whoever writes into it asks for a `copy`, which is gone when Okno stops.
 */
export async function openCompany(
  people: number,
  { copy = false, env = {} }: { copy?: boolean; env?: Record<string, string> } = {},
): Promise<{ okno: BenchOkno; company: Company }> {
  const kept = path.join(FOLDER, `${people}-v${VERSION}`)
  const made = (await readMade(kept)) ?? (await make(kept, people))
  await assertWritesTheSame(made.templates)
  const folder = copy ? await mkdtemp(path.join(tmpdir(), 'okno-bench-copy-')) : kept
  if (copy) execFileSync('cp', ['-a', '--reflink=auto', `${kept}/.`, folder])
  const okno = await startOkno(env, folder)
  await withClient(okno.adminUrl, (db) => assertIsWritten(db, made.templates, made.tellings))
  const stop = async () => {
    await okno.stop()
    if (copy) await rm(folder, { recursive: true, force: true })
  }
  return { okno: { ...okno, stop }, company: made }
}

const madeFile = (folder: string) => path.join(folder, 'company.json')

async function readMade(folder: string): Promise<Made | undefined> {
  if (!existsSync(madeFile(folder))) return undefined
  // Written by `make`, under a name that holds its version.
  return JSON.parse(await readFile(madeFile(folder), 'utf8')) as Made
}

async function make(folder: string, people: number): Promise<Made> {
  console.log(`  making a company of ${people} people in ${folder}; it is kept for the next time`)
  await forgetFormer(people)
  const began = performance.now()
  const size = { people, messages: people * MESSAGES_PER_PERSON, longestTimeline: LONGEST_TIMELINE }
  const now = Date.now()
  const { frame, cast, stories } = await prepare(folder)

  const postgres = await startEmbeddedPostgres({ dataDir: folder, durable: false })
  const adminUrl = postgres.adminUrl.replace(/\/[^/]*$/, '/okno')
  try {
    await withClient(adminUrl, tuneForLoading)
    const rebuild = await withClient(adminUrl, (db) => rebuildIndexes(db, adminUrl))
    const history = await writeHistory(adminUrl, { stories, cast, size, now })
    console.log(`  rows ${seconds(began)} s`)
    await rebuild()
    await withClient(adminUrl, async (db) => {
      const numbers = 'update inbox.numbers set last_number = $2 where workspace_id = $1'
      await db.query(numbers, [frame.workspaceId, history.lastNumber])
      await db.query(KNOWN_WORDS)
      await db.query(ALL_COMPARED, [frame.workspaceId])
      await db.query('vacuum (freeze, analyze)')
      await db.query('alter system reset all')
      // The log of the loading takes as much room as the company until a checkpoint under the usual settings.
      await db.query('select pg_reload_conf()')
      await db.query('checkpoint')
    })
    const templates = Object.fromEntries([...stories].map(([name, { template }]) => [name, template]))
    const { tellings, longest } = history
    const made: Made = { size, now, cast, longest, templates, tellings, secondsToMake: seconds(began) }
    await postgres.stop()
    await writeFile(madeFile(folder), JSON.stringify(made))
    console.log(`  made in ${made.secondsToMake} s`)
    return made
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

/** Words that search knows, each once however many customers have it: as the product writes them with each title. */
const KNOWN_WORDS = `
  insert into platform.search_spellings (workspace_id, word)
  select distinct workspace_id, word from platform.search_documents, regexp_split_to_table(lower(title), '\\s+') as word
  where title <> '' and word ~ '^[[:alpha:]-]{4,30}$' on conflict do nothing`

/** No card waits to be compared with others: that work would run beside every measurement, for hours. */
const ALL_COMPARED = `
  insert into customers.matching (workspace_id, cursor)
  select $1, pg_snapshot_xmin(pg_current_snapshot()) || '-0'
  on conflict (workspace_id) do update set cursor = excluded.cursor`

/** Companies of the same size under other versions: gigabytes that nobody will ask for again. */
async function forgetFormer(people: number): Promise<void> {
  const folders = existsSync(FOLDER) ? await readdir(FOLDER) : []
  for (const name of folders.filter((one) => one.startsWith(`${people}-`)))
    await rm(path.join(FOLDER, name), { recursive: true, force: true })
}

/** Everything that there are few of is made by the product itself, and so are the samples for the rest. */
async function prepare(folder: string) {
  const okno = await startOkno({}, folder)
  try {
    const frame = await makeFrame(okno)
    const stories = await tellStories(okno, frame)
    return { frame, stories, cast: await makeCast(okno, frame) }
  } finally {
    await okno.stop()
  }
}

async function makeCast(okno: BenchOkno, frame: Frame): Promise<Cast> {
  const operators = [frame.operator]
  for (let n = 1; n <= OPERATORS; n++) {
    const name = `Оператор ${n}`
    const person = { name, email: `operator${n}@okno.example`, password: 'a long password', role: 'operator' }
    operators.push(await okno.call<{ id: string; name: string }>('POST', '/operators', person))
  }
  const teams: { id: string }[] = [{ id: frame.teamId }]
  for (const name of ['Сервис', 'Опт', 'Доставка']) {
    teams.push(await okno.call('POST', '/teams', { name, operatorIds: operators.slice(1, 7).map(({ id }) => id) }))
  }
  const door = async (kind: string, name: string, teamId: string | null) => {
    const account = await okno.call<{ id: string }>('POST', '/accounts', { kind, name, teamId, config: {} })
    return { id: account.id, teamId: teamId ?? '' }
  }
  return {
    frame,
    operators,
    doors: {
      chatter: [await door('api', 'Чат 1', null), await door('api', 'Чат 2', null), await door('api', 'Чат 3', null)],
      buyer: await Promise.all(teams.map(({ id }, n) => door('api', `Магазин ${n + 1}`, id))),
      asker: [await door('form', 'Сайт 1', null), await door('form', 'Сайт 2', null)],
    },
  }
}

/** Nothing of it outlives the loading, nor does a log as large as the data: it would be kept to be written anew. */
async function tuneForLoading(db: pg.Client): Promise<void> {
  for (const setting of [
    `max_wal_size = '16GB'`,
    `wal_recycle = off`,
    `maintenance_work_mem = '1GB'`,
    `autovacuum = off`,
  ])
    await db.query(`alter system set ${setting}`)
  await db.query('select pg_reload_conf()')
}

const seconds = (began: number) => Math.round((performance.now() - began) / 1000)
