import type pg from 'pg'
import { startOkno } from '../okno.ts'
import { withClient } from './client.ts'
import { makeFrame } from './frame.ts'
import type { Telling } from './history.ts'
import { findColumns, linesOf, shapeOf, type Template } from './sample.ts'
import { type StoryName, tellStories } from './stories.ts'

/** Stories in which every table of the product gets rows; told anew before each measurement. */
const TOLD_ANEW: readonly StoryName[] = ['buyer talked first', 'buyer closed again', 'employee', 'company']

/**
 * Asks the product of today to live through some of the stories again, and compares every column of every row.
 * @throws Error when it writes anything else than the generated company has: its figures would be those of another product
 */
export async function assertWritesTheSame(templates: Readonly<Record<string, Template>>): Promise<void> {
  const okno = await startOkno()
  try {
    const told = await tellStories(okno, await makeFrame(okno), (name) => TOLD_ANEW.includes(name))
    const columns = await withClient(okno.adminUrl, findColumns)
    for (const name of TOLD_ANEW) {
      const [now, then] = [told.get(name)?.template, templates[name]]
      if (!now || !then) throw new Error(`Nobody told the story "${name}".`)
      const differences = differencesOf(shapeOf(now, columns), shapeOf(then, columns))
      if (differences.length > 0) {
        throw new Error(
          `The product writes "${name}" otherwise than the generated company has it. Raise VERSION in bench/support/company.ts.\n${differences.join('\n')}`,
        )
      }
    }
  } finally {
    await okno.stop()
  }
}

function differencesOf(now: readonly string[], then: readonly string[]): string[] {
  const only = (some: readonly string[], others: readonly string[], label: string) => {
    const left = [...others]
    return some.flatMap((row) => {
      const place = left.indexOf(row)
      if (place >= 0) left.splice(place, 1)
      return place >= 0 ? [] : [`  ${label} ${row}`]
    })
  }
  return [...only(now, then, 'now: '), ...only(then, now, 'then:')]
}

/**
 * Looks for rows of one customer of each kind in the tables and compares them, column by column, with what their story says.
 * @throws Error when one is missing or different
 */
export async function assertIsWritten(
  db: pg.Client,
  templates: Readonly<Record<string, Template>>,
  tellings: readonly Telling[],
): Promise<void> {
  const columns = await findColumns(db)
  for (const { story, values } of tellings) {
    const template = templates[story]
    if (!template) throw new Error(`Nobody told the story "${story}".`)
    const lines = Map.groupBy(linesOf(template, values), ([table]) => table)
    for (const [table, rows] of lines) {
      const of = columns.get(table)
      // An event has no key of its own before it is stored.
      if (!of || table === 'platform.events') continue
      const names = of.columns.map(({ name }) => name)
      await db.query(
        `drop table if exists expected; create temp table expected as select ${names.join(', ')} from ${table} with no data`,
      )
      for (const [, line] of rows) await db.query(insertOf(names, line))
      const { rows: missing } = await db.query(
        `select to_jsonb(e) as row from (
          select ${names.join(', ')} from expected
          except select ${names.map((name) => `t.${name}`).join(', ')} from ${table} t join expected using (${of.key.join(', ')})
        ) e`,
      )
      if (missing.length > 0) throw new Error(`"${story}" is not in ${table} as told: ${JSON.stringify(missing[0])}`)
    }
  }
}

/** A line of `COPY` as a statement: a few rows are not worth a stream. */
function insertOf(names: readonly string[], line: string): pg.QueryConfig {
  const values = line
    .slice(0, -1)
    .split('\t')
    .map((value) => (value === '\\N' ? null : value.replaceAll(/\\(.)/g, (_, letter) => UNESCAPED[letter] ?? letter)))
  return {
    text: `insert into expected (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
    values,
  }
}
const UNESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t' }
