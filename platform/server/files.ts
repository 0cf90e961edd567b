import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { Problem } from '#platform/shared/problems'
import type { Database, Tx } from './database.ts'
import { deleteFiles, findFile, hasContent, insertFile, lockContent } from './files.queries.ts'
import { defineJob, enqueue, type Jobs } from './jobs.ts'

/** Where bytes lie, by their SHA-256. Disk here; an S3 store has the same three verbs. */
export interface FileStore {
  /** Durable when it resolves. Writing the same bytes again is harmless. */
  write(workspaceId: string, sha256: Buffer, content: Uint8Array): Promise<void>
  /** @throws Error with code ENOENT when the bytes are not there. */
  read(workspaceId: string, sha256: Buffer): Promise<Uint8Array>
  has(workspaceId: string, sha256: Buffer): Promise<boolean>
  /** Removing what is not there is harmless. */
  remove(workspaceId: string, sha256: Buffer): Promise<void>
  /** As `write`, for bytes that are too many to hold at once. @throws what `content` throws; nothing is kept then. */
  receive(workspaceId: string, content: AsyncIterable<Uint8Array>): Promise<Received>
  /** The bytes, piece by piece. The stream fails with code ENOENT when they are not there. */
  open(workspaceId: string, sha256: Buffer): Promise<Readable>
}

/** Bytes that lie in the store and have no row yet. */
export interface Received {
  readonly sha256: Buffer
  readonly sizeBytes: number
}

export function createDiskFileStore(folder: string): FileStore {
  const placeOf = (workspaceId: string, sha256: Buffer) => {
    const hex = sha256.toString('hex')
    return path.join(folder, workspaceId, hex.slice(0, 2), hex)
  }
  const has = (workspaceId: string, sha256: Buffer) =>
    stat(placeOf(workspaceId, sha256)).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false
        throw error
      },
    )
  return {
    has,
    open: async (workspaceId, sha256) => createReadStream(placeOf(workspaceId, sha256)),
    receive: async (workspaceId, content) => {
      const waiting = path.join(folder, workspaceId)
      await mkdir(waiting, { recursive: true })
      const aside = path.join(waiting, `receiving.${randomBytes(6).toString('hex')}`)
      const hash = createHash('sha256')
      let sizeBytes = 0
      const handle = await open(aside, 'wx')
      try {
        for await (const piece of content) {
          hash.update(piece)
          sizeBytes += piece.byteLength
          await handle.writeFile(piece)
        }
        await handle.sync()
        await handle.close()
        const sha256 = hash.digest()
        const place = placeOf(workspaceId, sha256)
        await mkdir(path.dirname(place), { recursive: true })
        await rename(aside, place)
        return { sha256, sizeBytes }
      } catch (error) {
        await handle.close()
        await rm(aside, { force: true })
        throw error
      }
    },
    read: (workspaceId, sha256) => readFile(placeOf(workspaceId, sha256)),
    remove: (workspaceId, sha256) => rm(placeOf(workspaceId, sha256), { force: true }),
    write: async (workspaceId, sha256, content) => {
      if (await has(workspaceId, sha256)) return
      const place = placeOf(workspaceId, sha256)
      await mkdir(path.dirname(place), { recursive: true })
      // A half-written file must never stand under its final name: write aside, flush, rename.
      const aside = `${place}.${randomBytes(6).toString('hex')}`
      const handle = await open(aside, 'wx')
      try {
        await handle.writeFile(content)
        await handle.sync()
        await handle.close()
        await rename(aside, place)
      } catch (error) {
        // On a full disk every further try would take some of what little room is left.
        await handle.close()
        await rm(aside, { force: true })
        throw error
      }
    },
  }
}

export interface StoredFile {
  id: string
  name: string
  mime: string
  sizeBytes: number
}

export interface Files {
  /** Stores bytes, then their row in the caller's transaction. Bytes of a rolled-back row are harmless leftovers. */
  save(tx: Tx, file: { name: string; mime: string; content: Uint8Array }): Promise<StoredFile>
  /** @throws Problem `file.not_found` */
  load(tx: Tx, id: string): Promise<StoredFile & { content: Uint8Array }>
  /**
   * Removes files that nothing refers to any more, in the caller's transaction. Their bytes go after its commit, unless another file has the
   * same; a file that is being saved at that moment keeps its own.
   */
  forget(tx: Tx, ids: readonly string[]): Promise<void>
  /** Takes in bytes that are too many to hold at once, before the transaction that `keep`s them. */
  receive(workspaceId: string, content: AsyncIterable<Uint8Array>): Promise<Received>
  /** Stores the row of bytes that were received. */
  keep(tx: Tx, file: Received & { name: string; mime: string }): Promise<StoredFile>
  /** The bytes of a file, piece by piece, for reading after the transaction. @throws Problem `file.not_found` */
  open(tx: Tx, id: string): Promise<Readable>
}

const forgetBytesJob = defineJob('platform.forget_bytes', z.object({ sha256: z.array(z.hex()) }))

/** Removes the bytes of forgotten files. */
export function forgetBytes(store: FileStore, { jobs, database }: { jobs: Jobs; database: Database }): void {
  jobs.handle(forgetBytesJob, async ({ sha256 }, { workspaceId }) => {
    for (const hex of sha256) {
      const hash = Buffer.from(hex, 'hex')
      await database.transaction(workspaceId, async (tx) => {
        await lockContent(tx, hash)
        if (!(await hasContent(tx, hash))) await store.remove(workspaceId, hash)
      })
    }
  })
}

export function createFiles(store: FileStore): Files {
  return {
    save: async (tx, { name, mime, content }) => {
      const sha256 = createHash('sha256').update(content).digest()
      await store.write(tx.workspaceId, sha256, content)
      const file = { sha256, ...described(name, mime), sizeBytes: content.byteLength }
      const stored = await insertFile(tx, file)
      // Somebody may have removed the same bytes since they were found there; from the row on, nobody does.
      await store.write(tx.workspaceId, sha256, content)
      return stored
    },
    forget: async (tx, ids) => {
      const hashes = new Set((await deleteFiles(tx, ids)).map((sha256) => sha256.toString('hex')))
      if (hashes.size > 0) enqueue(tx, forgetBytesJob, { sha256: [...hashes] })
    },
    load: async (tx, id) => {
      const file = await findFile(tx, id)
      if (!file) throw fileNotFound()
      const { sha256, ...rest } = file
      return { ...rest, content: await store.read(tx.workspaceId, sha256) }
    },
    receive: (workspaceId, content) => store.receive(workspaceId, content),
    keep: async (tx, { name, mime, ...received }) => {
      const stored = await insertFile(tx, { ...received, ...described(name, mime) })
      // Somebody may have removed the same bytes since they were received; from the row on, nobody does.
      if (!(await store.has(tx.workspaceId, received.sha256))) throw fileNotFound()
      return stored
    },
    open: async (tx, id) => {
      const file = await findFile(tx, id)
      if (!file) throw fileNotFound()
      return store.open(tx.workspaceId, file.sha256)
    },
  }
}

const described = (name: string, mime: string) => ({ name: safeFileName(name), mime: safeMime(mime) })

const fileNotFound = () => new Problem('file.not_found', 404, 'There is no such file.')

/** A name that is safe to show and to save under: no path, no control or direction-changing characters, ≤ 200 characters. */
export function safeFileName(name: string): string {
  const clean = name
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .replaceAll(/[/\\]/g, '_')
    .trim()
  if (clean === '' || /^\.+$/.test(clean)) return 'file'
  if (clean.length <= 200) return clean
  const extension = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? ''
  return clean.slice(0, 200 - extension.length) + extension
}

const MIME = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,80}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}$/

/** The media type in lower case without parameters; anything odd becomes `application/octet-stream`. */
export function safeMime(mime: string): string {
  const bare = mime.split(';')[0]?.trim().toLowerCase() ?? ''
  return MIME.test(bare) ? bare : 'application/octet-stream'
}
