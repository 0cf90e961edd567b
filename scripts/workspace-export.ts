import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import { readConfig } from '../platform/server/config.ts'
import { findRunningPostgres, startEmbeddedPostgres } from '../platform/server/embedded-postgres.ts'
import { writeWorkspace } from './workspace/write-workspace.ts'

const [target, workspaceId] = process.argv.slice(2)
if (!target) {
  console.error('Name the file to write: npm run workspace:export -- company.tar.zst [id of the workspace]')
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
const draft = `${target}.part`
try {
  const source = writeWorkspace({ databaseUrl: url, dataDir, workspaceId }, ({ manifest, summary }) => {
    const rows = Object.values(summary.tables).reduce((sum, table) => sum + table.rows, 0)
    console.log(`${manifest.workspace.name}: ${rows} rows of ${manifest.tables.length} tables, ${summary.files} files.`)
    console.log('Not in it:')
    for (const [name, reason] of Object.entries(manifest.notCarried)) console.log(`  ${name}: ${reason}`)
    console.log('Passwords of mailboxes and other sealed settings open only with the same OKNO_SECRET_KEY.')
  })
  await pipeline(source, createZstdCompress(), createWriteStream(draft, { mode: 0o600, flush: true }))
  renameSync(draft, target)
} catch (error) {
  rmSync(draft, { force: true })
  console.error(`Nothing was exported: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await started?.stop()
}
