import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readConfig } from '../platform/server/config.ts'
import { LAST_BACKUP } from '../platform/server/health.ts'
import type { Summary } from './backup/archive.ts'
import { databaseAtHand } from './backup/database-at-hand.ts'
import { refuseExisting, writeArchive } from './backup/write-archive.ts'
import { writeBackup } from './backup/write-backup.ts'

const [target] = process.argv.slice(2)
if (!target) {
  console.error('Name the file to write: npm run backup -- okno.tar.zst')
  process.exit(2)
}
refuseExisting(target)

const config = readConfig(process.env)
const { dataDir } = config
const database = await databaseAtHand(config)
let held: Summary | undefined
try {
  const source = writeBackup({ databaseUrl: database.url, dataDir }, (summary) => {
    held = summary
  })
  await writeArchive(source, target)
  // The health page tells how old it is. A data folder that cannot be written is no reason to call the backup failed.
  await writeFile(path.join(dataDir, LAST_BACKUP), JSON.stringify({ at: new Date() })).catch(() => undefined)
} catch (error) {
  console.error(`No backup was made: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await database.stop()
}
if (held) {
  const rows = Object.values(held.rows).reduce((sum, count) => sum + count, 0)
  console.log(`${target}: ${rows} rows, ${held.files} files. It holds every secret of this Okno: keep it safe.`)
  if (process.env.OKNO_SECRET_KEY) console.log('Not in it: OKNO_SECRET_KEY, which a restored Okno needs too.')
}
