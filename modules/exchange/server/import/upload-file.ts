import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { StoredFile } from '#platform/server/files'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import type { ImportReading } from '../../contract/index.ts'
import { unreadable } from './formats/limits.ts'
import { describeImported, type ImportContext } from './import-context.ts'
import { findHeadings, insertImport } from './imports.queries.ts'
import { headingForm } from './mapping-words.ts'
import { type FileHead, readHead } from './read-file.ts'
import { looksLikeHeader, sniffFile } from './sniff-file.ts'
import { suggestKey, suggestMapping } from './suggest-mapping.ts'
import { targetsOf } from './targets.ts'

/** First rows that are looked at for examples and suggestions. */
const EXAMPLE_ROWS = 100

/** How a file that was received is read, and its first rows. */
export interface Sniffed {
  readonly reading: ImportReading
  readonly head: FileHead
}

/** Looks into a file: nothing is stored. `given` = what somebody knows better. @throws Problem as the formats do */
export async function lookInto(
  { platform: { files, transaction } }: Pick<ImportContext, 'platform'>,
  workspaceId: string,
  fileId: string | null,
  given?: ImportReading,
): Promise<Sniffed> {
  if (fileId === null) throw unreadable('file_gone', 'The file is not there any more; upload it again.')
  const open = () => transaction(workspaceId, (tx) => files.open(tx, fileId))
  if (given) return { reading: given, head: await readHead(open, given, EXAMPLE_ROWS) }
  const sniffed = await sniffFile(open)
  const whole = await readHead(open, { ...sniffed, hasHeader: false }, 2)
  const isNamed = sniffed.format === 'json' || sniffed.format === 'vcard'
  const reading = { ...sniffed, hasHeader: isNamed || (whole.rows.length > 1 && looksLikeHeader(whole.rows[0] ?? [])) }
  return { reading, head: await readHead(open, reading, EXAMPLE_ROWS) }
}

/** Stores an import of a file that was received and looked into, with suggestions what its columns fill. Resolves to its id. */
export const addImport =
  (context: ImportContext) =>
  async (
    tx: Tx,
    actor: Actor,
    { object, file, sniffed }: { object: string; file: StoredFile; sniffed: Sniffed },
  ): Promise<string> => {
    const suggestion = await suggestFor(context, tx, actor, object, sniffed.head)
    const id = newId()
    await insertImport(tx, {
      id,
      object,
      fileId: file.id,
      fileName: file.name,
      sizeBytes: file.sizeBytes,
      reading: sniffed.reading,
      ...suggestion,
      operatorId: actor.operatorId,
      operatorName: actor.name,
      createdAt: context.platform.now(),
    })
    await audit(tx, actor, {
      action: 'exchange.file_uploaded',
      object: 'import',
      id,
      details: { object, file: file.name },
    })
    return id
  }

/** What the columns of a file probably fill, for this actor in this workspace. */
export async function suggestFor(context: ImportContext, tx: Tx, actor: Actor, object: string, head: FileHead) {
  const targets = targetsOf(await describeImported(context, tx, actor, object))
  const known = await findHeadings(tx, object, [...new Set(head.names.map(headingForm))])
  const { columns, preset } = suggestMapping(object, head, targets, known)
  return { columns, preset, key: suggestKey(object, columns, targets) }
}
