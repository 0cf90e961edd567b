import type { MultipartFile } from '@fastify/multipart'
import { Problem } from '#platform/shared/problems'

/** A file as somebody uploaded it. The name is theirs: empty where there is none. */
export interface UploadedPart {
  readonly name: string
  readonly mime: string
  readonly content: Buffer
}

/**
 * The name that a part gives its file. The library's type promises one, but a part of type `application/octet-stream` is a file without a name too.
 */
export const nameOfPart = ({ filename }: { filename?: string | undefined }): string => filename ?? ''

/** An uploaded file, whole. The library may cut it at the limit without a word, so it is asked once more. @throws Problem `request.too_large` */
export async function readPart(part: MultipartFile): Promise<UploadedPart> {
  const name = nameOfPart(part)
  const content = await part.toBuffer()
  if (part.file.truncated) throw new Problem('request.too_large', 413, `The file ${name} is too large.`)
  return { name, mime: part.mimetype, content }
}
