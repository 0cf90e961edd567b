import type { MultipartFile } from '@fastify/multipart'
import { Problem } from '#platform/shared/problems'

/** All bytes of an uploaded file. The library may cut a file at the limit without a word, so it is asked once more. @throws Problem `request.too_large` */
export async function readPart(part: MultipartFile): Promise<Buffer> {
  const content = await part.toBuffer()
  if (part.file.truncated) throw new Problem('request.too_large', 413, `The file ${part.filename} is too large.`)
  return content
}
