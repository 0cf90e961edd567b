import type { HttpServer } from '#platform/server/http'
import type { Module } from '#platform/server/module'
import type { Platform } from '#platform/server/platform'
import { type ArchiveUses, createArchives } from './archive/index.ts'
import { createExportStore } from './export/export-store.ts'
import { createExports, type ExportUses } from './export/index.ts'
import './export/tables.ts'
import { createImports, type ImportUses } from './import/index.ts'
import './import/tables.ts'

export type { WriteArchive } from './archive/make-archive.ts'

/** What other modules may ask of exchange. */
export type Exchange = ReturnType<typeof createExchange>

/** Lists that come in from files and go out into them, the data of one person, and the whole workspace. */
export function createExchange(platform: Platform, uses: ExportUses & ArchiveUses & ImportUses) {
  const store = createExportStore(platform.config.dataDir)
  const exports = createExports(platform, store, uses)
  const archives = createArchives(platform, store, uses)
  const imports = createImports(platform, uses)
  return {
    name: 'exchange',
    routes: (http: HttpServer) => {
      exports.routes(http)
      archives.routes(http)
      imports.routes(http)
    },
  } satisfies Module & Record<string, unknown>
}
