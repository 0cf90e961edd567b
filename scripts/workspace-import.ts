import { createReadStream, existsSync } from 'node:fs'
import { createZstdDecompress } from 'node:zlib'
import { readConfig } from '../platform/server/config.ts'
import { migrate } from '../platform/server/migrate.ts'
import { databaseAtHand } from './backup/database-at-hand.ts'
import { readWorkspace } from './workspace/read-workspace.ts'

const [source] = process.argv.slice(2)
if (!source || !existsSync(source)) {
  console.error(
    source ? `There is no file ${source}.` : 'Name the archive: npm run workspace:import -- company.tar.zst',
  )
  process.exit(2)
}

const config = readConfig(process.env)
const { dataDir } = config
const database = await databaseAtHand(config)
try {
  await migrate(database.url)
  const archive = createReadStream(source).pipe(createZstdDecompress())
  const { manifest, summary } = await readWorkspace(archive, { databaseUrl: database.url, dataDir })
  const rows = Object.values(summary.tables).reduce((sum, table) => sum + table.rows, 0)
  console.log(`${manifest.workspace.name}: ${rows} rows and ${summary.files} files, each table with the hash it had.`)
  console.log('Anew: second factors, keys of programs, and sealed settings unless OKNO_SECRET_KEY is the same.')
} catch (error) {
  console.error(`Nothing was imported: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await database.stop()
}
