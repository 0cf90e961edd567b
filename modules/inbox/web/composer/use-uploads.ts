import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#platform/shared/ids'
import { notify, problemText, upload } from '#platform/web'
import { fileQuery, type UploadedFile } from './describe-file.ts'

/** A file on its way up; `share` of it, 0…1, is sent. */
export interface Uploading {
  key: string
  name: string
  sizeBytes: number
  share: number
}

const MAX_FILES = 10

interface UploadsOptions {
  /** Bytes of all files together; null = no limit known. */
  maxBytes: number | null
  /** Ids that the draft holds: what is kept from before a reload is shown again. */
  kept: readonly string[]
  onChange: (ids: string[]) => void
}

/** Files of the message being written: sent up as soon as they are chosen, so that sending the message itself is quick. */
export function useUploads({ maxBytes, kept, onChange }: UploadsOptions) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [uploading, setUploading] = useState<Uploading[]>([])
  const aborts = useRef(new Map<string, AbortController>())
  const latest = useRef(kept)
  latest.current = kept
  const described = useQueries({ queries: kept.map(fileQuery) })
  const files = kept.flatMap((id, index): UploadedFile[] => {
    const file = described[index]?.data
    if (file === null) return []
    // Not known yet what it is: it goes with the message all the same.
    return [file ?? { id, name: t('inbox.file.unnamed'), mime: 'application/octet-stream', sizeBytes: 0 }]
  })

  const change = (ids: readonly string[]) => {
    latest.current = ids.filter((id) => cache.getQueryData(fileQuery(id).queryKey) !== null)
    onChange([...latest.current])
  }
  const know = (file: UploadedFile) => void cache.setQueryData(fileQuery(file.id).queryKey, file)

  async function add(chosen: readonly File[]) {
    const taken = [...files, ...uploading].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    const size = chosen.reduce((sum, file) => sum + file.size, 0)
    if (files.length + uploading.length + chosen.length > MAX_FILES)
      return void notify(t('inbox.file.tooMany', { count: MAX_FILES }), 'bad')
    if (maxBytes !== null && taken + size > maxBytes) return void notify(t('inbox.file.tooLarge'), 'bad')
    await Promise.all(chosen.map(send))
  }

  async function send(file: File) {
    const key = newId()
    const abort = new AbortController()
    aborts.current.set(key, abort)
    setUploading((all) => [...all, { key, name: file.name, sizeBytes: file.size, share: 0 }])
    const onProgress = (share: number) =>
      setUploading((all) => all.map((each) => (each.key === key ? { ...each, share } : each)))
    try {
      const stored = await upload<UploadedFile>('/files', file, { onProgress, signal: abort.signal })
      know(stored)
      change([...latest.current, stored.id])
    } catch (error) {
      if (!abort.signal.aborted) void notify(problemText(t, error), 'bad')
    } finally {
      aborts.current.delete(key)
      setUploading((all) => all.filter((each) => each.key !== key))
    }
  }

  return {
    files,
    uploading,
    add,
    put: (next: readonly UploadedFile[]) => {
      next.forEach(know)
      change(next.map(({ id }) => id))
    },
    remove: (id: string) => change(latest.current.filter((one) => one !== id)),
    cancel: (key: string) => aborts.current.get(key)?.abort(),
  }
}
