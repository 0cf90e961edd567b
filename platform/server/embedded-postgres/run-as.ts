import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The user that PostgreSQL runs as when Okno itself runs as root: PostgreSQL refuses to be root. */
export interface RunAs {
  readonly uid: number
  readonly gid: number
}

/** Folder that every user may pass, for what a user without rights must reach although Okno lies in root's own folders. */
export const SHARED_HOME = '/var/lib/okno'

/**
 * Who runs PostgreSQL: undefined = the user who runs Okno. For root it is the owner of the existing cluster (an ordinary
 * user may have made it before), else `nobody`.
 */
export function chooseUser(cluster: string): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') }
}

function idOfNobody(flag: '-u' | '-g'): number {
  try {
    return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: 'pipe' }))
  } catch (error) {
    throw new Error(
      'Okno runs as root, PostgreSQL must not, and this machine has no user "nobody" to run it. Start Okno as an ordinary ' +
        'user or set DATABASE_URL.',
      { cause: error },
    )
  }
}

/** Options for `spawn` that make a child run as `runAs`, with nothing of our environment but the search path. */
export const spawnIdentity = (runAs: RunAs | undefined) => ({
  ...(runAs && { uid: runAs.uid, gid: runAs.gid }),
  env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, TZ: 'UTC', LC_ALL: 'C' },
})

/** True when `runAs` may pass through every folder above `path` (and `path` itself when it exists). */
export function canReach(path: string, runAs: RunAs): boolean {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat) {
    const bit = stat.uid === runAs.uid ? 0o100 : stat.gid === runAs.gid ? 0o010 : 0o001
    if ((stat.mode & bit) === 0) return false
  }
  const parent = dirname(path)
  return parent === path || canReach(parent, runAs)
}
