import type { WebModule } from '#platform/web'
import { importsKey } from './imports-key.ts'

/** Progress, results and history are read again when an import moves on; cards once it is over. */
export const followImports: NonNullable<WebModule['follow']> = (live, cache) => {
  live.on('exchange.import_moved', () => {
    void cache.invalidateQueries({ queryKey: importsKey })
    void cache.invalidateQueries({ queryKey: ['customers'], refetchType: 'none' })
  })
}
