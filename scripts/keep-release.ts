import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { findRunningPostgres } from '../platform/server/embedded-postgres.ts'
import { startOknoProcess } from '../tests/support/okno-process.ts'
import { liveADay } from '../tests/upgrade/live-a-day.ts'
import { ADMIN, API_KEY } from '../tests/upgrade/visitor.ts'
import { whatIsSeen } from '../tests/upgrade/what-is-seen.ts'

/** `npm run keep:release [-- folder]`: keeps a small database of a release, for the test that upgrades it (tests/fixtures/releases). */
const root = path.resolve(process.argv[2] ?? '.')
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string } // npm checks its form
const target = path.resolve(import.meta.dirname, '../tests/fixtures/releases', version)
if (existsSync(target)) {
  console.error(`${target} exists already: a release is kept once.`)
  process.exit(2)
}

/** Tables that stay empty whatever a person does: rows live there for a moment only. */
const MAY_BE_EMPTY = new Set(['graphile_worker._private_job_queues'])

const dataDir = mkdtempSync(path.join(tmpdir(), 'okno-release-'))
chmodSync(dataDir, 0o755)
const env = {
  OKNO_DATA_DIR: dataDir,
  OKNO_DEMO: '1',
  OKNO_SMTP_PORT: '0',
  OKNO_ADMIN_EMAIL: ADMIN.email,
  OKNO_ADMIN_PASSWORD: ADMIN.password,
  OKNO_API_KEY: API_KEY,
}
const okno = await startOknoProcess(env, { root })
try {
  const day = await liveADay(okno.url)
  const seen = await whatIsSeen(okno.url)
  const { migrations, empty } = await lookInside()
  if (empty.length > 0)
    throw new Error(`Nothing lies in ${empty.join(', ')}: give live-a-day.ts something to do there.`)
  await okno.stop()
  mkdirSync(target, { recursive: true })
  execFileSync(process.execPath, ['scripts/backup.ts', path.join(target, 'okno.tar.zst')], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  writeFileSync(path.join(target, 'seen.json'), `${JSON.stringify({ version, migrations, day, seen }, null, 2)}\n`)
  console.log(`Kept in ${target}`)
} finally {
  await okno.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

/** Every migration as it was applied, and the tables without a row. */
async function lookInside() {
  const client = new pg.Client({ connectionString: findRunningPostgres(dataDir) })
  await client.connect()
  try {
    const applied = await client.query<{ name: string; hash: string }>(
      'select name, hash from platform.migrations order by name',
    )
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^(pg_|information_schema$)' order by 1`,
    )
    const empty: string[] = []
    for (const { name } of tables.rows) {
      const { rowCount } = await client.query(`select from ${name} limit 1`)
      if (rowCount === 0 && !MAY_BE_EMPTY.has(name)) empty.push(name)
    }
    return { migrations: applied.rows, empty }
  } finally {
    await client.end()
  }
}
