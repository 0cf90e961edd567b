import type { Customers } from '#modules/customers'
import type { HttpServer } from '#platform/server/http'
import type { PersonalDataPart } from '#platform/server/personal-data'
import type { Platform } from '#platform/server/platform'
import type { ExportStore } from '../export/export-store.ts'
import { archiveRoutes } from './archive-routes.ts'
import { endArchives, failSilent } from './archives.queries.ts'
import { makeArchive, type WriteArchive } from './make-archive.ts'
import { makeArchiveJob } from './order-archive.ts'
import type { ArchiveAccess } from './uses.ts'

/** Longer than a process needs to take up what another one left, and its pause after two failures. */
const SILENT_MS = 15 * 60 * 1000

export interface ArchiveUses {
  readonly access: ArchiveAccess
  readonly customers: { readonly personalData: Pick<Customers['personalData'], 'declare'> }
  /** Everything of a workspace: whoever knows all modules gives it. */
  readonly writeArchive: WriteArchive
}

/** The whole workspace as a file, for an administrator. */
export function createArchives(
  platform: Platform,
  store: ExportStore,
  { access, customers, writeArchive }: ArchiveUses,
) {
  const { database, jobs, now, log } = platform
  const make = makeArchive(platform, { store, write: writeArchive })
  jobs.handle(makeArchiveJob, ({ id }, context) => make(id, context))
  // Removes files whose time is over, and says of those that a dead process left that they failed.
  jobs.schedule('exchange.end_archives', '*/10 * * * *', async () => {
    const at = now()
    const silent = { before: new Date(at.getTime() - SILENT_MS), problem: 'exchange.archive_interrupted', at }
    const gone = await database.system(async (tx) => [
      ...(await endArchives(tx, { before: at })),
      ...(await failSilent(tx, silent)),
    ])
    for (const { workspaceId, id } of gone) await store.remove(workspaceId, id)
  })

  const personalData: PersonalDataPart = {
    name: 'archives',
    tables: { 'exchange.archives': 'files made before hold everybody and are removed; who made them stays' },
    tell: async function* () {},
    erase: async (tx) => {
      const ended = await endArchives(tx, { workspaceId: tx.workspaceId })
      tx.afterCommit(() => {
        for (const { id } of ended)
          store.remove(tx.workspaceId, id).catch((error) => log.warn({ err: error }, 'archive not removed'))
      })
      return { 'exchange.archives': ended.length }
    },
  }
  customers.personalData.declare(personalData)

  return { routes: (http: HttpServer) => archiveRoutes(http, platform, { store, access }) }
}
