import { setTimeout as pause } from 'node:timers/promises'
import type { SandboxIntake } from '../../contract/sandbox.ts'
import type { AcceptRaw } from '../accept-raw.ts'

/**
 * The door for raw arrivals of a demo, with the trouble that somebody switched on for an account: each arrival waits, comes several
 * times over with the same bytes, or is refused as on a broken disk. Accounts without trouble pass untouched.
 */
export const troubledAccept =
  (accept: AcceptRaw, troubleOf: (accountId: string) => SandboxIntake | undefined): AcceptRaw =>
  async (account, raw) => {
    const trouble = troubleOf(account.accountId)
    if (!trouble) return accept(account, raw)
    if (trouble.isDown) throw Object.assign(new Error('The sandbox plays a broken disk.'), { code: 'EIO' })
    // A process that is asked to stop does not wait for a played delay.
    if (trouble.delayMs > 0) await pause(trouble.delayMs, undefined, { ref: false })
    const results = await Promise.all(Array.from({ length: trouble.duplicates + 1 }, () => accept(account, raw)))
    return { isNew: results.some(({ isNew }) => isNew) }
  }
