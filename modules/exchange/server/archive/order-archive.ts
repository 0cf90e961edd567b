import { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import { safeFileName } from '#platform/server/files'
import { defineJob, enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import type { Archive } from '../../contract/archives.ts'
import { findArchive, insertArchive } from './archives.queries.ts'
import { ARCHIVE_KEPT_MS, MAX_ATTEMPTS } from './make-archive.ts'
import { showArchives } from './show-archives.ts'
import type { ArchiveAccess } from './uses.ts'

export const makeArchiveJob = defineJob('exchange.make_archive', z.object({ id: z.uuid() }))

/**
 * Orders the whole workspace as a file, after its administrator has given the password once more. One at a time.
 * @throws Problem `access.invalid_password`, `access.too_many_attempts`, `exchange.archive_under_way`
 */
export const orderArchive =
  ({ transaction, now }: Platform, access: ArchiveAccess) =>
  async (actor: Actor, password: string, requestId: string): Promise<Archive> => {
    await access.confirmPassword(actor, password)
    return transaction(actor.workspaceId, async (tx) => {
      const at = now()
      const id = newId(at.getTime())
      const { name: company } = await access.businessWorkspace(tx)
      const name = safeFileName(`${company} ${at.toISOString().slice(0, 10)}.tar.zst`)
      const made = {
        id,
        name,
        operatorId: actor.operatorId ?? '',
        at,
        endsAt: new Date(at.getTime() + ARCHIVE_KEPT_MS),
      }
      if (!(await insertArchive(tx, made)))
        throw new Problem('exchange.archive_under_way', 409, 'The workspace is being exported already.')
      enqueue(tx, makeArchiveJob, { id }, { maxAttempts: MAX_ATTEMPTS })
      await audit(tx, actor, { action: 'exchange.workspace_exported', object: 'workspace', id, requestId })
      const [archive] = await showArchives(tx, access, actor, at, [await findArchive(tx, id)])
      if (!archive) throw new Error('An archive that was not stored.')
      return archive
    })
  }
