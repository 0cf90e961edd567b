import { createReadStream, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createZstdDecompress } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBackup } from '../../scripts/backup/read-backup.ts'
import { describeSchema } from '../../scripts/describe-schema.queries.ts'
import { emptyDatabase, freshDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { type OknoProcess, startOknoProcess } from '../support/okno-process.ts'
import { codeOf } from '../support/totp.ts'
import type { Day } from './live-a-day.ts'
import { ADMIN, API_KEY, type Body, caller, GUARDED, handOver, signIn } from './visitor.ts'
import { type Seen, whatIsSeen } from './what-is-seen.ts'

/** A small database of each release, and what its own version showed of it: tests/fixtures/releases/README.md. */
const RELEASES = path.resolve('tests/fixtures/releases')
const releases = (await readdir(RELEASES, { withFileTypes: true })).filter((entry) => entry.isDirectory())

interface Kept {
  readonly migrations: readonly { readonly name: string; readonly hash: string }[]
  readonly day: Day
  readonly seen: Seen
}

describe.each(releases.map(({ name }) => name))('a database of release %s', (release) => {
  const kept = JSON.parse(readFileSync(path.join(RELEASES, release, 'seen.json'), 'utf8')) as Kept // as keep-release.ts writes it
  let dataDir: string
  let database: TestDatabase
  let client: pg.Client
  let okno: OknoProcess
  /** Before the present version touched it. */
  let migrationsBefore: Kept['migrations']

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'okno-upgrade-'))
    database = await emptyDatabase()
    client = new pg.Client(database.adminUrl)
    await client.connect()
    const archive = createReadStream(path.join(RELEASES, release, 'okno.tar.zst')).pipe(createZstdDecompress())
    await readBackup(archive, dataDir, async () => database.url)
    migrationsBefore = (await client.query('select name, hash from platform.migrations order by name')).rows
    okno = await startOknoProcess({ OKNO_DATA_DIR: dataDir, DATABASE_URL: database.url, OKNO_API_KEY: API_KEY })
  })
  afterAll(async () => {
    await okno?.stop()
    await client.end()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('was made by the migrations of today: a released one is never edited', () => {
    expect(migrationsBefore).toEqual(kept.migrations)
  })

  test('has the schema of a new one after one start', async () => {
    const fresh = await freshDatabase()
    const other = new pg.Client(fresh.adminUrl)
    await other.connect()
    const expected = await describeSchema(other)
    await other.end()
    await fresh.drop()

    expect(await describeSchema(client)).toBe(expected)
  })

  test('shows everything as its own version did: people, talks, messages, files, settings', async () => {
    expect(await whatIsSeen(okno.url)).toMatchObject(kept.seen)
  })

  test('lets people in as before: password, second factor, API keys', async () => {
    const admin = await signIn(okno.url, 'sign-in/email', ADMIN)
    expect(admin.status).toBe(200)
    const half = await signIn(okno.url, 'sign-in/email', GUARDED)
    expect(half).toMatchObject({ status: 200, body: { twoFactorRedirect: true } })
    const code = { code: codeOf(kept.day.totpUri) }
    expect((await signIn(okno.url, 'two-factor/verify-totp', code, half.cookie)).status).toBe(200)
    expect(await caller(okno.url, kept.day.secondKey)('GET', '/me')).toMatchObject({
      operator: { email: ADMIN.email },
    })
  })

  test('goes on where it was: a signed message continues its conversation, and no job of then fails', async () => {
    const call = caller(okno.url)
    const message = { id: 'stock-2', from: { id: 'stock' }, text: 'Осталась одна дверь.' }

    expect(await handOver(okno.url, kept.day.apiAccountKey, message)).toBe(202)

    const address = `/conversations/${kept.day.conversationId}/messages`
    await eventually(async () =>
      (await call('GET', address)).items.some(({ text }: Body) => text === 'Осталась одна дверь.'),
    )
    await eventually(async () => {
      const { rowCount } = await client.query('select from graphile_worker.jobs where run_at < now() and attempts = 0')
      return rowCount === 0
    })
    expect(
      (await client.query('select last_error from graphile_worker.jobs where last_error is not null')).rows,
    ).toEqual([])
  })
})
