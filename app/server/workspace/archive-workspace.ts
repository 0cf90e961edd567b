import type { WriteArchive } from '#modules/exchange'
import type { Platform } from '#platform/server/platform'
import { writeWorkspace } from './write-workspace.ts'

/** A workspace as an archive, read by a connection of its own for as long as it is written. */
export const archiveWorkspace = ({ database, config }: Platform): WriteArchive =>
  async function* ({ workspaceId, tell }) {
    const client = await database.pool.connect()
    let isWhole = false
    try {
      yield* writeWorkspace(client, { dataDir: config.dataDir, workspaceId, tell })
      isWhole = true
    } finally {
      // Left in the middle, its transaction is still open: the connection goes with it.
      client.release(!isWhole)
    }
  }
