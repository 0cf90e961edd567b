import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { withClient } from './support/company/client.ts'
import { report, round } from './support/figures.ts'
import { API_KEY, type BenchOkno, startOkno } from './support/okno.ts'

/**
 * P5: people from a CSV with identity check: of ten rows eight are new, one is known (its city changes), one is refused. The floor is a bare COPY of
 * as many new people with their identities into the product's own tables with all their indexes, by one connection in the same run.
 */
const ROWS = Number(process.env.ROWS ?? 200_000)
const GOAL = 10_000
const HEADER = 'Фамилия;Имя;E-mail;Телефон;Город;Заметка'
const LAST = ['Иванов', 'Ёлкин', 'Соколов', 'Лебедев', 'Новиков', 'Морозов', 'Волков', 'Зайцев', 'Павлов', 'Орлов']
const FIRST = ['Анна', 'Пётр', 'Мария', 'Иван', 'Ольга', 'Семён', 'Вера', 'Олег']
const CITIES = ['Москва', 'Пермь', 'Казань', 'Нижний Новгород', 'Томск']
const of = <Item>(list: readonly Item[], n: number): Item => list[n % list.length] as Item

interface Card {
  state: string
  done: number
  expected: Record<string, number>
  result: Record<string, number>
}

const okno = await startOkno()
try {
  await importCsv(csvOf(Math.ceil(ROWS / 10), (n) => known(n, 'Омск')))
  const floor = await bareCopy(okno, Math.round(ROWS * 0.8))
  const watch = watchMemory()
  const { checkSeconds, runSeconds, card } = await importCsv(csvOf(ROWS, mixed))
  const memory = await watch.stop()
  await report('import', {
    rows: ROWS,
    goal: `≥ ${GOAL} rows/s`,
    'check rows/s': Math.round(ROWS / checkSeconds),
    'run rows/s': Math.round(ROWS / runSeconds),
    'check and run rows/s': Math.round(ROWS / (checkSeconds + runSeconds)),
    outcomes: card.result,
    'memory MB, before / highest': memory,
    'floor (COPY people and identities) people/s': Math.round(floor),
    'run / floor': round(ROWS / runSeconds / floor),
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

async function importCsv(csv: Blob): Promise<{ checkSeconds: number; runSeconds: number; card: Card }> {
  const form = new FormData()
  form.append('file', csv, 'people.csv')
  const headers = { authorization: `Bearer ${API_KEY}` }
  const response = await fetch(`${okno.url}/api/v1/imports?object=person`, { method: 'POST', headers, body: form })
  if (!response.ok) throw new Error(await response.text())
  const { id } = (await response.json()) as { id: string }
  const checkSeconds = await moved(id, 'check', 'checked')
  const runSeconds = await moved(id, 'run', 'done')
  return { checkSeconds, runSeconds, card: await okno.call<Card>('GET', `/imports/${id}`) }
}

async function moved(id: string, move: string, over: string): Promise<number> {
  const began = performance.now()
  await okno.call('POST', `/imports/${id}/${move}`, {})
  for (;;) {
    const { state } = await okno.call<Card>('GET', `/imports/${id}`)
    if (state === over) return (performance.now() - began) / 1000
    if (state === 'failed') throw new Error(`The ${move} failed.`)
    await pause(100)
  }
}

/** People per second by COPY, with two identities each. */
async function bareCopy({ adminUrl, query }: BenchOkno, people: number): Promise<number> {
  const [workspace] = await query<{ id: string }>('select id from platform.workspaces limit 1')
  const [ids] = [await query<{ id: string }>(`select uuidv7() as id from generate_series(1, ${people})`)]
  const began = performance.now()
  await withClient(adminUrl, async (db) => {
    const copy = (table: string, lines: Generator<string>) =>
      pipeline(Readable.from(lines), db.query(copyFrom(`copy ${table} from stdin`)))
    await db.query('begin')
    await copy(
      'customers.people (workspace_id, id, name, first_name, last_name, city, note, origin)',
      (function* () {
        for (const [n, { id }] of ids.entries())
          yield `${workspace?.id}\t${id}\t${of(FIRST, n)} ${of(LAST, n * 7)}${n % 977}\t${of(FIRST, n)}\t${of(LAST, n * 7)}${n % 977}\t${of(CITIES, n)}\tсписок ${n % 50}\timport\n`
      })(),
    )
    await copy(
      'customers.identities (workspace_id, person_id, kind, value, proven)',
      (function* () {
        for (const [n, { id }] of ids.entries()) {
          yield `${workspace?.id}\t${id}\temail\tfloor${n}@example${n % 700}.ru\tf\n`
          yield `${workspace?.id}\t${id}\tphone\t+78${String(100_000_000 + n).padStart(9, '0')}\tf\n`
        }
      })(),
    )
    await db.query('commit')
  })
  const perSecond = people / ((performance.now() - began) / 1000)
  await query(`delete from customers.people where origin = 'import' and id = any($1::uuid[])`, [
    ids.map(({ id }) => id),
  ])
  return perSecond
}

function watchMemory() {
  const samples: number[] = []
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      samples.push((await okno.memory()) / 1e6)
      await pause(200)
    }
  })()
  return {
    stop: async () => {
      isOver = true
      await watching
      return [Math.round(samples[0] ?? 0), Math.round(Math.max(...samples))]
    },
  }
}
