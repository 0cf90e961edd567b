import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { isAlive } from './postmaster.ts'

/** A holder that was just told to end needs a moment; one that keeps running is another Okno. */
const PATIENCE_MS = 5_000
const POLL_MS = 50

const claim = z.object({ pid: z.number(), startedAt: z.string() })

/**
 * Notes in `folder` that this process uses the database there, and returns how to take that back. A note of a process
 * that has ended counts for nothing.
 *
 * @throws Error when another running Okno uses it.
 */
export async function claimHome(folder: string): Promise<() => void> {
  const path = join(folder, 'used-by.json')
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) })
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: 'wx', mode: 0o600 })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const holder = readClaim(path)
    if (!holder || !isAlive(holder.pid) || holder.startedAt !== startOf(holder.pid)) rmSync(path, { force: true })
    else if (Date.now() < deadline) await delay(POLL_MS)
    else {
      throw new Error(
        `Okno already runs with this data folder (process ${holder.pid}). Stop it first, or give this one its own ` +
          'OKNO_DATA_DIR. To run several on one database, set DATABASE_URL.',
      )
    }
  }
}

function readClaim(path: string) {
  try {
    return claim.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined // gone meanwhile, or cut off by a crash while it was written: nobody holds it
  }
}

/** Tells a process from a later one with the same number. Only Linux says cheaply when a process began. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return ''
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Field 22; counted after the name, which may hold spaces and brackets itself.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return '' // it has ended
  }
}
