import type { Tx } from '#platform/server/database'
import type { Files } from '#platform/server/files'
import { sanitiseMailHtml } from './adapters/email/sanitise.ts'
import type { FileRef, MessageFact } from './channel-adapter.ts'
import type { ReceivedFile, ReceivedMessage } from './receiver.ts'

/** Stores the files of a message and makes its HTML fit for display; inline pictures point at the stored files. */
export async function storeMessage(
  tx: Tx,
  files: Files,
  { html, files: refs, ...message }: MessageFact,
  contents: ReadonlyMap<FileRef, Uint8Array>,
): Promise<ReceivedMessage> {
  const stored: ReceivedFile[] = []
  for (const ref of refs) {
    const content = contents.get(ref)
    if (!content) throw new Error(`The bytes of ${ref.name} were not loaded.`)
    const file = await files.save(tx, { name: ref.name, mime: ref.mime, content })
    stored.push({
      fileId: file.id,
      name: file.name,
      mime: file.mime,
      sizeBytes: file.sizeBytes,
      inline: ref.inline,
      ...(ref.contentId ? { contentId: ref.contentId } : {}),
    })
  }
  if (html === undefined) return { ...message, files: stored }
  const cidUrl = (contentId: string) => {
    const file = stored.find((one) => one.contentId === contentId)
    return file ? `/api/v1/files/${file.fileId}` : null
  }
  return { ...message, html: sanitiseMailHtml(html, { cidUrl }), files: stored }
}
