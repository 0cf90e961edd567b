import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { withClient } from './support/company/client.ts'
import { report, round } from './support/figures.ts'
import { API_KEY, type BenchOkno, startOkno } from './support/okno.ts'

/**
 * P5: people from a CSV with identity check: of ten rows eight are new, one is known (its city changes), one is refused. Search is told of new cards
 * behind the rows; how fast stands beside it. The floors are bare COPYs into the product's own tables with all their indexes, by one connection in the
 * same run: of as many new people with their identities, and of these with all that an import leaves of them: first line, result, event.
 */
const ROWS = Number(process.env.ROWS ?? 200_000)
const GOAL = 10_000
/** Memory is looked at after so many rows. */
const PER = 10_000
const HEADER = 'Фамилия;Имя;E-mail;Телефон;Город;Заметка'
const LAST = ['Иванов', 'Ёлкин', 'Соколов', 'Лебедев', 'Новиков', 'Морозов', 'Волков', 'Зайцев', 'Павлов', 'Орлов']
const FIRST = ['Анна', 'Пётр', 'Мария', 'Иван', 'Ольга', 'Семён', 'Вера', 'Олег']
const CITIES = ['Москва', 'Пермь', 'Казань', 'Нижний Новгород', 'Томск']
const of = <Item>(list: readonly Item[], n: number): Item => list[n % list.length] as Item

/** Behind all rows of the list whose results those of the floor stand among. */
const FLOOR_ROW = 100_000_000
const FLOOR_EVENT = 'bench.floor'
const mailOf = (n: number) => `floor${n}@example${n % 700}.ru`
const phoneOf = (n: number) => `+78${String(100_000_000 + n).padStart(9, '0')}`

interface Card {
  state: string
  done: number
  searched: number | null
  expected: Record<string, number>
  result: Record<string, number>
}

const okno = await startOkno()
try {
  await importCsv(csvOf(Math.ceil(ROWS / 10), (n) => known(n, 'Омск')))
  const floor = await bareCopy(okno, Math.round(ROWS * 0.8), 'cards')
  const wholeFloor = await bareCopy(okno, Math.round(ROWS * 0.8), 'all of it')
  const before = await megabytes()
  const { check, run, searchSeconds, card } = await importCsv(csvOf(ROWS, mixed))
  await report('import', {
    rows: ROWS,
    goal: `≥ ${GOAL} rows/s`,
    'check rows/s': Math.round(ROWS / check.seconds),
    'run rows/s': Math.round(ROWS / run.seconds),
    'search rows/s, behind the run': Math.round(ROWS / searchSeconds),
    'run and search rows/s': Math.round(ROWS / (run.seconds + searchSeconds)),
    outcomes: card.result,
    'memory MB before': before,
    [`memory MB per ${PER} rows of the check`]: check.memory.join(' '),
    [`memory MB per ${PER} rows of the run`]: run.memory.join(' '),
    'floor (COPY people and identities) people/s': Math.round(floor),
    'run / floor': round(ROWS / run.seconds / floor),
    'floor (COPY of all that stays) people/s': Math.round(wholeFloor),
  })
} finally {
  await okno.stop()
}

function mixed(n: number): string {
  if (n % 10 === 9) return known((n - 9) / 10, of(CITIES, n))
  if (n % 10 === 8) return `${of(LAST, n)};${of(FIRST, n)};не почта;12;;`
  return `${of(LAST, n * 7)}${n % 977};${of(FIRST, n)};person${n}@example${n % 700}.ru;+79${String(100_000_000 + n).padStart(9, '0')};${of(CITIES, n)};список ${n % 50}`
}
function known(n: number, city: string): string {
  return `Известный${n % 977};${of(FIRST, n)};known${n}@example.com;;${city};`
}

function csvOf(rows: number, row: (n: number) => string): Blob {
  const parts: string[] = [`${HEADER}\n`]
  for (let n = 0; n < rows; n++) parts.push(`${row(n)}\n`)
  return new Blob(parts)
}

async function importCsv(csv: Blob) {
  const form = new FormData()
  form.append('file', csv, 'people.csv')
  const headers = { authorization: `Bearer ${API_KEY}` }
  const response = await fetch(`${okno.url}/api/v1/imports?object=person`, { method: 'POST', headers, body: form })
  if (!response.ok) throw new Error(await response.text())
  const { id } = (await response.json()) as { id: string }
  const check = await moved(id, 'check', ({ state }) => state === 'checked')
  const run = await moved(id, 'run', ({ state }) => state === 'done')
  const { seconds: searchSeconds } = await until(id, ({ searched, done }) => searched === null || searched === done)
  return { check, run, searchSeconds, card: await okno.call<Card>('GET', `/imports/${id}`) }
}

async function moved(id: string, move: string, isOver: (card: Card) => boolean) {
  await okno.call('POST', `/imports/${id}/${move}`, {})
  return until(id, isOver)
}

/** Seconds until then, and the server's memory after every so many rows. */
async function until(id: string, isOver: (card: Card) => boolean): Promise<{ seconds: number; memory: number[] }> {
  const began = performance.now()
  const memory: number[] = []
  for (;;) {
    const card = await okno.call<Card>('GET', `/imports/${id}`)
    if (isOver(card)) return { seconds: (performance.now() - began) / 1000, memory }
    if (card.state === 'failed') throw new Error('The import failed.')
    if (card.done >= (memory.length + 1) * PER) memory.push(await megabytes())
    await pause(100)
  }
}

async function megabytes(): Promise<number> {
  return Math.round((await okno.memory()) / 1e6)
}

/** People per second by COPY, with two identities each, and with what else an import leaves of them. */
async function bareCopy({ adminUrl, query }: BenchOkno, people: number, what: 'cards' | 'all of it'): Promise<number> {
  const [workspace] = await query<{ id: string }>('select id from platform.workspaces limit 1')
  const [list] = await query<{ id: string }>('select id from exchange.imports order by created_at limit 1')
  const ids = await query<{ id: string }>(`select uuidv7() as id from generate_series(1, ${people})`)
  const began = performance.now()
  await withClient(adminUrl, async (db) => {
    const copy = (table: string, columns: string, linesOf: (id: string, n: number) => string[]) =>
      pipeline(
        Readable.from(
          (function* () {
            for (const [n, { id }] of ids.entries())
              for (const line of linesOf(id, n)) yield `${workspace?.id}\t${line}\n`
          })(),
        ),
        db.query(copyFrom(`copy ${table} (workspace_id, ${columns}) from stdin`)),
      )
    await db.query('begin')
    await copy('customers.people', 'id, name, first_name, last_name, city, note, origin', (id, n) => {
      const last = `${of(LAST, n * 7)}${n % 977}`
      return [`${id}\t${of(FIRST, n)} ${last}\t${of(FIRST, n)}\t${last}\t${of(CITIES, n)}\tсписок ${n % 50}\timport`]
    })
    await copy('customers.identities', 'person_id, kind, value, proven', (id, n) => [
      `${id}\temail\t${mailOf(n)}\tf`,
      `${id}\tphone\t${phoneOf(n)}\tf`,
    ])
    if (what === 'all of it') {
      await copy('customers.timeline', 'person_id, at, kind, data', (id) => [
        `${id}\tnow\tcustomers.person_created\t{"origin":"import","importId":"${list?.id}"}`,
      ])
      await copy('exchange.results', 'import_id, number, outcome, card_id, detail', (id, n) => [
        `${list?.id}\t${FLOOR_ROW + n}\tcreated\t${id}\t${JSON.stringify({ id, added: [mailOf(n), phoneOf(n)] })}`,
      ])
      await copy('platform.events', 'name, data, actor, audience', (id) => [
        `${FLOOR_EVENT}\t{"personId":"${id}"}\t{"operatorId":null,"name":""}\t{}`,
      ])
    }
    await db.query('commit')
  })
  const perSecond = people / ((performance.now() - began) / 1000)
  await query(`delete from customers.people where origin = 'import' and id = any($1::uuid[])`, [
    ids.map(({ id }) => id),
  ])
  await query('delete from exchange.results where number >= $1', [FLOOR_ROW])
  await query('delete from platform.events where name = $1', [FLOOR_EVENT])
  return perSecond
}
