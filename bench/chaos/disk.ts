import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** Room for the database of one run and its write-ahead log. The image has holes: it takes what is used. */
const SIZE = '4G'

/** Where everything that Okno keeps lies during a run. */
export interface Disk {
  readonly folder: string
  /** Why there is no way to fill it, if there is none. */
  readonly cannotFill: string | undefined
  /** No byte is free for so long. */
  fill(ms: number): Promise<void>
  remove(): void
}

/** A file system of its own in a file, which only root can mount; an ordinary folder otherwise. */
export function makeDisk(): Disk {
  const home = mkdtempSync(path.join(tmpdir(), 'okno-chaos-'))
  chmodSync(home, 0o755)
  const folder = path.join(home, 'data')
  mkdirSync(folder, { mode: 0o755 })
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe' })
  const image = path.join(home, 'disk.img')
  let cannotFill: string | undefined
  try {
    run('truncate', '-s', SIZE, image)
    run('mkfs.ext4', '-q', '-m', '0', image)
    run('mount', '-o', 'loop', image, folder)
    chmodSync(folder, 0o755)
  } catch (error) {
    cannotFill = error instanceof Error ? (error.message.split('\n')[0] ?? 'no reason') : String(error)
  }
  const take = (bytes: number, file: string) => {
    try {
      run('fallocate', '-l', String(bytes), file)
    } catch {
      return // somebody else took some of it first; what is left is taken the next time
    }
  }
  const ballast = path.join(folder, 'ballast')
  return {
    folder,
    cannotFill,
    fill: async (ms) => {
      const until = Date.now() + ms
      for (let n = 0; Date.now() < until; n++) {
        const { bavail, bsize } = statfsSync(folder)
        // What was freed meanwhile is taken as well.
        if (bavail > 0) take(bavail * bsize - (bavail > 64 ? 16 * bsize : 0), `${ballast}${n}`)
        await delay(500)
      }
      execFileSync('/bin/sh', ['-c', `rm -f '${ballast}'*`])
    },
    remove: () => {
      if (!cannotFill) run('umount', '-l', folder)
      rmSync(home, { recursive: true, force: true })
    },
  }
}
