import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KEY_BYTES = 32

/** 32 bytes written as hexadecimal or base64 (also the URL-safe form); undefined when the text is anything else. */
export function parseSecretKey(text: string): Uint8Array | undefined {
  const encoding = /^[0-9a-f]{64}$/i.test(text) ? 'hex' : /^[\w+/-]{43}=?$/.test(text) ? 'base64' : undefined
  return encoding && new Uint8Array(Buffer.from(text, encoding))
}

/**
 * The key of this installation, kept in `secret-key` of the data folder, readable by its owner only. It is made when
 * missing; of two processes that start together, one makes it and both use that one.
 *
 * @throws Error when the file holds something else: a new key in its place would make every stored secret unreadable.
 */
export function loadSecretKey(dataDir: string): Uint8Array {
  const path = join(dataDir, 'secret-key')
  const key = parseSecretKey(readOrCreate(path, dataDir).trim())
  if (!key) throw new Error(`${path} is damaged: it must hold a key of 32 bytes. Restore this file from a backup.`)
  return key
}

function readOrCreate(path: string, dataDir: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }

  // 0711: whoever runs the embedded database must be able to pass through, nobody else may list what is here.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  // Written whole under another name, then linked: a crash or a second process never leaves or sees half a key.
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  return readFileSync(path, 'utf8')
}

const hasCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code
