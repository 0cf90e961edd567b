import type { Config } from '../../platform/server/config.ts'
import { findRunningPostgres, startEmbeddedPostgres } from '../../platform/server/embedded-postgres.ts'

/** The database of this Okno, past any pooler: the one it is told of, the one that runs, else one that is started until `stop`. */
export async function databaseAtHand({
  dataDir,
  databaseUrl,
  databaseDirectUrl,
}: Pick<Config, 'dataDir' | 'databaseUrl' | 'databaseDirectUrl'>): Promise<{ url: string; stop(): Promise<void> }> {
  const running = databaseDirectUrl ?? databaseUrl ?? findRunningPostgres(dataDir)
  if (running) return { url: running, stop: async () => undefined }
  const started = await startEmbeddedPostgres({ dataDir })
  return { url: started.url, stop: () => started.stop() }
}
