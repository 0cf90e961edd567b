import { createServer } from 'node:net'

/** From where on systems give ports to outgoing connections (Linux 32768, others 49152). */
const FIRST_OF_CONNECTIONS = 32_768
/** Below lie those of well-known servers. */
const FIRST = 12_000

const tried = new Set<number>()

/**
 * A port that is free now, for a server of this machine that starts later: below those of connections, of which any could take it meanwhile, and
 * never the same twice in one process.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (FIRST_OF_CONNECTIONS - FIRST))
    if (tried.has(port)) continue
    tried.add(port)
    if (await isFree(port)) return port
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
