import type { FastifyRequest } from 'fastify'
import { readPart, type UploadedPart } from '#platform/server/read-part'
import type { Posted } from './check-submission.ts'

export const MAX_FILES = 5
export const MAX_FILES_BYTES = 20 * 1024 * 1024

/** What a form was filled in with, whether it came as JSON, urlencoded or multipart. Strings, numbers and booleans only. */
export async function readPosted(request: FastifyRequest): Promise<{ posted: Posted; files: UploadedPart[] }> {
  if (!request.isMultipart()) return { posted: flat(request.body), files: [] }
  const values: Record<string, string> = {}
  const files: UploadedPart[] = []
  for await (const part of request.parts()) {
    if (part.type === 'field') values[part.fieldname] = String(part.value)
    else {
      const file = await readPart(part)
      // A browser sends an empty part for a file field that was left alone.
      if (file.content.byteLength > 0) files.push(file)
    }
  }
  return { posted: flat(values), files }
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
