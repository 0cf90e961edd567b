import { createReadStream, existsSync } from 'node:fs'
import { createZstdDecompress } from 'node:zlib'
import { readConfig } from '../platform/server/config.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../platform/server/embedded-postgres.ts'
import { readBackup } from './backup/read-backup.ts'

const [source] = process.argv.slice(2)
if (!source || !existsSync(source)) {
  console.error(source ? `There is no file ${source}.` : 'Name the backup: npm run restore -- okno.tar.zst')
  process.exit(2)
}

const { dataDir, databaseUrl, databaseDirectUrl } = readConfig(process.env)
let embedded: EmbeddedPostgres | undefined
try {
  const archive = createReadStream(source).pipe(createZstdDecompress())
  const { rows, files } = await readBackup(archive, dataDir, async () => {
    if (databaseUrl) return databaseDirectUrl ?? databaseUrl
    embedded = await startEmbeddedPostgres({ dataDir })
    return embedded.url
  })
  console.log(`Restored ${Object.values(rows).reduce((sum, count) => sum + count, 0)} rows and ${files} files.`)
} catch (error) {
  console.error(`Nothing was restored: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await embedded?.stop()
}
