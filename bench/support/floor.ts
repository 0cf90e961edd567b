import { freePort } from '#platform/server/free-port'
import { type ServerProcess, startProcess } from './okno.ts'

/** Starts the least that reading can be, on Okno's own tables. */
export async function startReadingFloor(databaseUrl: string): Promise<ServerProcess & { url: string }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { DATABASE_URL: databaseUrl, PORT: String(port) }
  return { ...(await startProcess('bench/support/floor-reading-server.ts', `${url}/ready`, env)), url }
}
