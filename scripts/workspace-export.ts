import { openClient } from '../app/server/workspace/tables.queries.ts'
import { writeWorkspace } from '../app/server/workspace/write-workspace.ts'
import { readConfig } from '../platform/server/config.ts'
import { databaseAtHand } from './backup/database-at-hand.ts'
import { refuseExisting, writeArchive } from './backup/write-archive.ts'

const [target, workspaceId] = process.argv.slice(2)
if (!target) {
  console.error('Name the file to write: npm run workspace:export -- company.tar.zst [id of the workspace]')
  process.exit(2)
}
refuseExisting(target)

const config = readConfig(process.env)
const { dataDir } = config
const database = await databaseAtHand(config)
const client = await openClient(database.url)
try {
  const source = writeWorkspace(client, { dataDir, workspaceId }, ({ manifest, summary }) => {
    const rows = Object.values(summary.tables).reduce((sum, table) => sum + table.rows, 0)
    console.log(`${manifest.workspace.name}: ${rows} rows of ${manifest.tables.length} tables, ${summary.files} files.`)
    console.log('Not in it:')
    for (const [name, reason] of Object.entries(manifest.notCarried)) console.log(`  ${name}: ${reason}`)
    console.log('Passwords of mailboxes and other sealed settings open only with the same OKNO_SECRET_KEY.')
  })
  await writeArchive(source, target)
} catch (error) {
  console.error(`Nothing was exported: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await client.end()
  await database.stop()
}
