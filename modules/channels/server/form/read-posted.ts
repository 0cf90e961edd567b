import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { nameOfPart, type UploadedPart } from '#platform/server/read-part'
import type { Posted } from './check-submission.ts'

const MAX_FILES = 5
/** Bytes of all files together. */
const MAX_FILES_BYTES = 20 * 1024 * 1024
/** Somebody who chose a film by mistake is told so in the form; who sends more than this does not fill in a form. */
const CUT_OFF_BYTES = 10 * MAX_FILES_BYTES

/** What was posted. `hasTooMuch`: more files than a form takes; none of them was kept. */
export interface PostedForm {
  readonly posted: Posted
  readonly files: readonly UploadedPart[]
  readonly hasTooMuch: boolean
}

/**
 * What a form was filled in with, whether it came as JSON, urlencoded or multipart. Strings, numbers and booleans only. Never holds more
 * of a stranger's files than a form takes, and with `keepsFiles: false` none.
 */
export async function readPosted(
  request: FastifyRequest,
  { keepsFiles }: { keepsFiles: boolean },
): Promise<PostedForm> {
  if (!request.isMultipart()) return { posted: flat(request.body), files: [], hasTooMuch: false }
  const values: Record<string, string> = {}
  const files: UploadedPart[] = []
  let bytesLeft = MAX_FILES_BYTES
  let hasTooMuch = false
  // What is over a limit is told of in the form, where the rest of what was filled in stands.
  for await (const part of request.parts({ limits: { fileSize: CUT_OFF_BYTES } })) {
    if (part.type === 'field') {
      values[part.fieldname] = String(part.value)
      continue
    }
    const content = await contentOf(part, keepsFiles && !hasTooMuch ? bytesLeft : 0)
    if (content === null) hasTooMuch ||= keepsFiles
    // A browser sends an empty part for a file field that was left alone.
    else if (content.byteLength > 0) files.push({ name: nameOfPart(part), mime: part.mimetype, content })
    bytesLeft -= content?.byteLength ?? 0
    if (files.length > MAX_FILES) hasTooMuch = true
    if (hasTooMuch) files.length = 0
  }
  return { posted: flat(values), files, hasTooMuch }
}

/** The bytes of a file, or null when there are more than `maxBytes`: the rest then flows by. */
async function contentOf({ file }: MultipartFile, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of file) {
    size += chunk.byteLength
    if (size <= maxBytes) chunks.push(chunk)
    else chunks.length = 0
  }
  return size <= maxBytes ? Buffer.concat(chunks) : null
}

function flat(body: unknown): Posted {
  if (typeof body !== 'object' || body === null) return {}
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]): [string, string][] => {
      if (Array.isArray(value)) return [[key, value.map(String).join(', ')]]
      return value === null || typeof value === 'object' || value === undefined ? [] : [[key, String(value)]]
    }),
  )
}
