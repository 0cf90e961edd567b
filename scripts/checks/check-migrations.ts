import { globSync, readFileSync } from 'node:fs'

/** A statement that breaks or holds up an Okno of the version before, which serves while migrations run. */
interface Danger {
  readonly pattern: RegExp
  readonly why: string
}

/** docs/guides/change-the-schema.md says what to write in their place. */
const DANGERS: readonly Danger[] = [
  {
    pattern: /^drop\s+(table|view|materialized|schema|type|domain|function|sequence)\b|\bdrop\s+column\b/,
    why: 'takes away what the version before may still use',
  },
  {
    pattern: /\brename\s+(to|column|constraint)\b|\brename\s+\w+\s+to\b/,
    why: 'the version before knows the old name',
  },
  {
    pattern: /\balter\s+column\s+\w+\s+(set\s+data\s+)?type\b/,
    why: 'writes the whole table anew while nobody can use it',
  },
  {
    pattern: /\balter\s+column\s+\w+\s+set\s+not\s+null\b/,
    why: 'the version before may leave it empty, and the whole table is read while nobody can use it',
  },
  {
    pattern: /\badd\s+column\b(?=[^,;]*\bnot\s+null\b)(?![^,;]*\b(default|generated)\b)/,
    why: 'the version before fills nothing in: give it a default',
  },
  {
    pattern: /\badd\s+column\b[^,;]*\bdefault\b[^,;]*\b(clock_timestamp|random|gen_random_uuid|uuidv7|uuidv4)\b/,
    why: 'a value of its own for each row writes the whole table anew while nobody can use it',
  },
  {
    pattern: /\badd\s+(constraint\s+\w+\s+)?(check|foreign\s+key)\b(?!.*\bnot\s+valid\b)/,
    why: 'reads the whole table while nobody can write: add it `not valid`, and validate it in the next migration',
  },
  {
    pattern: /\badd\s+(constraint\s+\w+\s+)?(unique|primary\s+key)\b(?!.*\busing\s+index\b)/,
    why: 'builds an index while nobody can write: build it `concurrently` first, then add the constraint `using index`',
  },
  {
    pattern: /^create\s+(unique\s+)?index\s+(?!concurrently\b)/,
    why: 'nobody can write while it is built: `create index concurrently`, alone in its file',
  },
  { pattern: /^(truncate|delete\s+from|update)\b/, why: 'holds many rows at once: a job does it in portions' },
]

/** What stands above a statement that is safe for a reason the check cannot see, such as a table that nobody uses yet. */
const EXCUSE = /--\s*safe:\s*\S/

/** Statements with the line where each begins. Texts in quotes, bodies of functions and comments count as empty, but for an excuse. */
function statementsOf(sql: string) {
  const bare = sql.replace(/--.*|(\$\w*\$)[\s\S]*?\1|'(?:[^']|'')*'/g, (text) =>
    EXCUSE.test(text) ? '-- safe: so' : text.startsWith('--') ? '' : `''${text.replace(/[^\n]/g, '')}`,
  )
  let line = 1
  return bare.split(';').map((text) => {
    const code = text.replace(/--.*/g, ' ')
    const began = line + (/^\s*/.exec(code)?.[0].split('\n').length ?? 1) - 1
    line += text.split('\n').length - 1
    return { code: code.replace(/\s+/g, ' ').trim().toLowerCase(), line: began, isExcused: EXCUSE.test(text) }
  })
}

/** Tables and functions that this file makes: nobody uses them yet, so anything may be done to them. */
const madeIn = (statements: readonly { code: string }[]) =>
  new Set(
    statements.flatMap(
      ({ code }) => /^create (?:or replace )?(?:table|function) (?:if not exists )?([\w.]+)/.exec(code)?.[1] ?? [],
    ),
  )

const targetOf = (code: string) =>
  /^(?:alter table|truncate|delete from|update|drop table|drop function)(?: if exists)?(?: only)? ([\w.]+)|^create .*?index (?:.*? )?on (?:only )?([\w.]+)/
    .exec(code)
    ?.slice(1)
    .find(Boolean)

function dangersIn(file: string): string[] {
  const statements = statementsOf(readFileSync(file, 'utf8'))
  const made = madeIn(statements)
  return statements.flatMap(({ code, line, isExcused }) => {
    if (isExcused || made.has(targetOf(code) ?? '')) return []
    return DANGERS.filter(({ pattern }) => pattern.test(code)).map(({ why }) => `${file}:${line} ${why}`)
  })
}

const found = globSync('{platform,modules/*}/server/migrations/*.sql').sort().flatMap(dangersIn)
for (const danger of found) console.log(danger)
if (found.length > 0) {
  console.log('docs/guides/change-the-schema.md says how to do it; `-- safe: <reason>` above a statement lets it pass.')
  process.exitCode = 1
}
