import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { checkImport } from './check-import.ts'
import type { ImportContext } from './import-context.ts'
import { importJobs } from './import-jobs.ts'
import { importRoutes } from './import-routes.ts'
import { deleteImportsBefore, findWorkspacesBefore } from './imports.queries.ts'
import { importsPersonalData } from './personal-data.queries.ts'
import { runImport } from './run-import.ts'
import { searchImport } from './search-import.ts'
import { undoImport } from './undo-import.ts'

/** What imports ask of the modules below. */
export type ImportUses = Omit<ImportContext, 'platform'>

const DAY_MS = 86_400_000
/** So long an import can be looked through and taken back; its rows hold personal data, so they are not kept for ever. */
const KEPT_DAYS = 30

/** Files that become people, companies and own objects, and back again. */
export function createImports(platform: Platform, uses: ImportUses) {
  const context = { platform, ...uses }
  const { jobs, database, transaction, files, now } = platform
  const check = checkImport(context)
  const run = runImport(context)
  const search = searchImport(context)
  const undo = undoImport(context)
  jobs.handle(importJobs.check, ({ importId }, { workspaceId, signal }) => check(workspaceId, importId, signal))
  jobs.handle(importJobs.run, ({ importId }, { workspaceId, signal }) => run(workspaceId, importId, signal))
  jobs.handle(importJobs.search, ({ importId }, { workspaceId, signal }) => search(workspaceId, importId, signal))
  jobs.handle(importJobs.undo, ({ importId }, { workspaceId, signal }) => undo(workspaceId, importId, signal))
  uses.customers.personalData.declare(importsPersonalData(files.forget))
  jobs.schedule('exchange.forget_imports', '37 3 * * *', async () => {
    const before = new Date(now().getTime() - KEPT_DAYS * DAY_MS)
    for (const id of await database.system((tx) => findWorkspacesBefore(tx, before)))
      await transaction(id, async (tx) => files.forget(tx, await deleteImportsBefore(tx, before)))
  })
  return { routes: (http: HttpServer) => importRoutes(http, context) }
}
