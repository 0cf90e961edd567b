import { queryOptions } from '@tanstack/react-query'
import { ApiProblem, readProblem } from '#platform/web'

export interface UploadedFile {
  id: string
  name: string
  mime: string
  sizeBytes: number
}

/** What a file is called and how large it is; null when it is gone. */
export const fileQuery = (id: string) =>
  queryOptions({ queryKey: ['inbox', 'file', id], queryFn: () => describeFile(id) })

/** By its headers alone. @throws ApiProblem when nobody can say now whether it is there */
async function describeFile(id: string): Promise<UploadedFile | null> {
  const answer = await fetch(`/api/v1/files/${id}`, { method: 'HEAD', credentials: 'same-origin' }).catch(() => null)
  if (answer?.status === 404) return null
  if (!answer?.ok) throw new ApiProblem(readProblem(answer?.status ?? 0, ''))
  return {
    id,
    name: fileNameOf(answer.headers.get('content-disposition') ?? '') ?? id,
    mime: answer.headers.get('content-type') ?? 'application/octet-stream',
    sizeBytes: Number(answer.headers.get('content-length') ?? 0),
  }
}

/** The name in a Content-Disposition header: `filename*` (RFC 6266) before `filename`. */
export function fileNameOf(disposition: string): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (encoded) return decodeURIComponent(encoded)
  return /filename="([^"]*)"/i.exec(disposition)?.[1] ?? null
}
