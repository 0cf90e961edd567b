import { createReadStream, existsSync } from 'node:fs'
import { createZstdDecompress } from 'node:zlib'
import { readConfig } from '../platform/server/config.ts'
import { findRunningPostgres, startEmbeddedPostgres } from '../platform/server/embedded-postgres.ts'
import { migrate } from '../platform/server/migrate.ts'
import { readWorkspace } from './workspace/read-workspace.ts'

const [source] = process.argv.slice(2)
if (!source || !existsSync(source)) {
  console.error(
    source ? `There is no file ${source}.` : 'Name the archive: npm run workspace:import -- company.tar.zst',
  )
  process.exit(2)
}

const { dataDir, databaseUrl, databaseDirectUrl } = readConfig(process.env)
const running = databaseDirectUrl ?? databaseUrl ?? findRunningPostgres(dataDir)
const started = running ? undefined : await startEmbeddedPostgres({ dataDir })
const url = running ?? started?.url
if (!url) throw new Error('No database')
try {
  await migrate(url)
  const archive = createReadStream(source).pipe(createZstdDecompress())
  const { manifest, summary } = await readWorkspace(archive, { databaseUrl: url, dataDir })
  const rows = Object.values(summary.tables).reduce((sum, table) => sum + table.rows, 0)
  console.log(`${manifest.workspace.name}: ${rows} rows and ${summary.files} files, each table with the hash it had.`)
  console.log('Anew: second factors, keys of programs, and sealed settings unless OKNO_SECRET_KEY is the same.')
} catch (error) {
  console.error(`Nothing was imported: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await started?.stop()
}
