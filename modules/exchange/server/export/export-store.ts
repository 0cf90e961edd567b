import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { isUuid } from '#platform/shared/ids'

/** Files that wait to be taken away, under the data folder that all processes share. Never among stored files: they end after a day. */
export function createExportStore(dataDir: string) {
  const folder = path.join(dataDir, 'exports')
  const placeOf = (workspaceId: string, id: string) => path.join(folder, workspaceId, id)
  return {
    /** An empty file, whatever a killed process left there before. */
    create: async (workspaceId: string, id: string): Promise<WriteStream> => {
      const place = placeOf(workspaceId, id)
      await mkdir(path.dirname(place), { recursive: true })
      return createWriteStream(place, { flags: 'w', mode: 0o600 })
    },
    read: (workspaceId: string, id: string) => createReadStream(placeOf(workspaceId, id)),
    sizeOf: async (workspaceId: string, id: string): Promise<number> => (await stat(placeOf(workspaceId, id))).size,
    /** Every file there is. */
    list: async (): Promise<{ workspaceId: string; id: string }[]> => {
      const entries = await readdir(folder, { recursive: true }).catch(nothingYet)
      return entries.flatMap((entry) => {
        const [workspaceId = '', id = ''] = entry.split(path.sep)
        return isUuid(workspaceId) && isUuid(id) ? [{ workspaceId, id }] : []
      })
    },
    /** Removing what is not there is harmless. */
    remove: (workspaceId: string, id: string) => rm(placeOf(workspaceId, id), { force: true }),
  }
}

function nothingYet(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}

export type ExportStore = ReturnType<typeof createExportStore>
