import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import { readConfig } from '../platform/server/config.ts'
import { findRunningPostgres, startEmbeddedPostgres } from '../platform/server/embedded-postgres.ts'
import { LAST_BACKUP } from '../platform/server/health.ts'
import type { Summary } from './backup/archive.ts'
import { writeBackup } from './backup/write-backup.ts'

const [target] = process.argv.slice(2)
if (!target) {
  console.error('Name the file to write: npm run backup -- okno.tar.zst')
  process.exit(2)
}
if (existsSync(target)) {
  console.error(`${target} exists already and is left alone. Choose another name.`)
  process.exit(2)
}

const { dataDir, databaseUrl, databaseDirectUrl } = readConfig(process.env)
const running = databaseDirectUrl ?? databaseUrl ?? findRunningPostgres(dataDir)
const started = running ? undefined : await startEmbeddedPostgres({ dataDir })
const url = running ?? started?.url
if (!url) throw new Error('No database')
// Under another name until it is complete: what bears the name of a backup is one.
const draft = `${target}.part`
let held: Summary | undefined
try {
  const source = writeBackup({ databaseUrl: url, dataDir }, (summary) => {
    held = summary
  })
  await pipeline(source, createZstdCompress(), createWriteStream(draft, { mode: 0o600, flush: true }))
  renameSync(draft, target)
  // The health page tells how old it is. A data folder that cannot be written is no reason to call the backup failed.
  await writeFile(path.join(dataDir, LAST_BACKUP), JSON.stringify({ at: new Date() })).catch(() => undefined)
} catch (error) {
  rmSync(draft, { force: true })
  console.error(`No backup was made: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await started?.stop()
}
if (held) {
  const rows = Object.values(held.rows).reduce((sum, count) => sum + count, 0)
  console.log(`${target}: ${rows} rows, ${held.files} files. It holds every secret of this Okno: keep it safe.`)
  if (process.env.OKNO_SECRET_KEY) console.log('Not in it: OKNO_SECRET_KEY, which a restored Okno needs too.')
}
