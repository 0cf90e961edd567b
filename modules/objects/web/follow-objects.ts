import type { WebModule } from '#platform/web'
import { bulkKey, objectsKey, recordKey, rowsKey } from './objects-api.ts'

/** Many records may change in a moment: lists are read again this long after the last change. */
const QUIET_MS = 500

/** Descriptions, lists of own objects and bulk edits on screen follow what happens. */
export const followObjects: NonNullable<WebModule['follow']> = (live, cache) => {
  live.on('objects.description_changed', () => void cache.invalidateQueries({ queryKey: objectsKey }))
  live.on('objects.bulk_edit_changed', () => void cache.invalidateQueries({ queryKey: bulkKey }))
  const changed = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  live.on<{ object: string; recordId: string }>('objects.record_changed', ({ data: { object, recordId } }) => {
    void cache.invalidateQueries({ queryKey: [...recordKey, object, recordId] })
    changed.add(object)
    clearTimeout(timer)
    timer = setTimeout(() => {
      for (const one of changed) void cache.invalidateQueries({ queryKey: rowsKey(one) })
      changed.clear()
    }, QUIET_MS)
  })
}
