import type { FileStore } from './files.ts'
import type { Metrics } from './metrics.ts'

/** The same store, each call of which is measured. */
export function measuredStore(store: FileStore, { fileSeconds }: Pick<Metrics, 'fileSeconds'>): FileStore {
  const measured =
    <Args extends unknown[], Result>(operation: string, call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      const ended = fileSeconds.startTimer({ operation })
      try {
        const result = await call(...args)
        ended({ outcome: 'done' })
        return result
      } catch (error) {
        ended({ outcome: 'failed' })
        throw error
      }
    }
  return {
    write: measured('write', store.write),
    read: measured('read', store.read),
    has: measured('has', store.has),
    remove: measured('remove', store.remove),
    receive: measured('receive', store.receive),
    open: measured('open', store.open),
  }
}
