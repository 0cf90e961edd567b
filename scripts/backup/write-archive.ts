import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'

/** Ends the process when there is a file of that name: what somebody has is not written over. */
export function refuseExisting(target: string): void {
  if (!existsSync(target)) return
  console.error(`${target} exists already and is left alone. Choose another name.`)
  process.exit(2)
}

/** Compresses into a file for its owner alone, under another name until it is complete: what bears the name of an archive is one. */
export async function writeArchive(source: AsyncIterable<Buffer>, target: string): Promise<void> {
  const draft = `${target}.part`
  try {
    await pipeline(source, createZstdCompress(), createWriteStream(draft, { mode: 0o600, flush: true }))
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
