import { writeSync } from 'node:fs'

const WAIT_MS = 2
/** A reader of the log that takes nothing for so long loses the line. */
const MAX_WAITS = 50

/**
 * Where lines of the log go: a file descriptor, written at once, so that the last words of a process are not lost. A line that cannot be
 * written, as on a full disk, is lost; nothing else is. (The logger's own output waits for room for ever when the process ends.)
 */
export const logOutput = (fd: number) => ({
  write: (line: string): void => {
    let rest: Uint8Array = Buffer.from(line)
    for (let waits = 0; rest.length > 0 && waits <= MAX_WAITS; ) {
      try {
        rest = rest.subarray(writeSync(fd, rest))
      } catch (error) {
        // Only a full pipe gets room again within moments.
        if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return
        waits++
        Atomics.wait(clock, 0, 0, WAIT_MS)
      }
    }
  },
})

const clock = new Int32Array(new SharedArrayBuffer(4))
