export interface UploadedFile {
  id: string
  name: string
  mime: string
  sizeBytes: number
}

/** What a file is called and how large it is, by its headers alone; null when it is gone. */
export async function describeFile(id: string): Promise<UploadedFile | null> {
  const answer = await fetch(`/api/v1/files/${id}`, { method: 'HEAD', credentials: 'same-origin' })
  if (!answer.ok) return null
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
