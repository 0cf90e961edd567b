import { Buffer } from 'node:buffer'
import { open } from 'node:fs/promises'

const BLOCK = 512
/** Owner may read and write, nobody else anything: an archive holds everything a company knows. */
const MODE = '0000600'

const NAME_BYTES = 100

/** Block of one tar entry before its content, in the form that every tar reads (POSIX ustar). Names are ours: ASCII. */
function tarHeader(name: string, sizeBytes: number): Buffer {
  // A long name is divided at a slash: its end in one field, the folders before in another.
  const cut = name.length > NAME_BYTES ? name.indexOf('/', name.length - NAME_BYTES - 1) : -1
  if (name.length > NAME_BYTES && cut === -1) throw new Error(`Too long for the archive: ${name}`)
  const header = Buffer.alloc(BLOCK)
  header.write(name.slice(cut + 1), 0)
  header.write(`${MODE}\0`, 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(name.slice(0, Math.max(cut, 0)), 345)
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** Zeros that fill the last block of an entry's content. */
const tarPadding = (sizeBytes: number): Buffer => Buffer.alloc((BLOCK - (sizeBytes % BLOCK)) % BLOCK)

/** A whole entry. */
export function* tarBytes(name: string, content: Buffer): Generator<Buffer> {
  yield tarHeader(name, content.length)
  yield content
  yield tarPadding(content.length)
}

/** A file of this machine as an entry, never whole in memory. Returns false, and yields nothing, when it is not there any more. */
export async function* tarFile(place: string, name: string): AsyncGenerator<Buffer, boolean> {
  const handle = await open(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!handle) return false
  try {
    // From here on its bytes stay, even when it is removed meanwhile.
    const { size } = await handle.stat()
    yield tarHeader(name, size)
    if (size > 0) yield* handle.createReadStream({ end: size - 1, autoClose: false }) as AsyncIterable<Buffer>
    yield tarPadding(size)
    return true
  } finally {
    await handle.close()
  }
}

/** Pieces are gathered up to this size before they are written: memory stays flat however many come. */
const PART_BYTES = 4 * 1024 * 1024

/** A stream of pieces as entries of some megabytes, of which `nameOf` names each; none when nothing comes. */
export async function* tarParts(
  pieces: AsyncIterable<Buffer>,
  nameOf: (part: number) => string,
): AsyncGenerator<Buffer> {
  let part = 0
  let gathered: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    gathered.push(piece)
    size += piece.length
    if (size < PART_BYTES) continue
    yield* tarBytes(nameOf(part++), Buffer.concat(gathered))
    gathered = []
    size = 0
  }
  if (size > 0) yield* tarBytes(nameOf(part), Buffer.concat(gathered))
}

export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK)

/** Sum of all bytes of the header, with spaces where the sum itself stands. */
function checksum(header: Buffer): number {
  let sum = 8 * 0x20
  for (const [at, byte] of header.entries()) if (at < 148 || at >= 156) sum += byte
  return sum
}

export interface TarEntry {
  readonly name: string
  readonly sizeBytes: number
  /** The bytes in pieces; what is not read is skipped when the next entry is asked for. */
  readonly content: AsyncGenerator<Buffer>
}

/**
 * Entries of a tar stream in their order, one at a time.
 *
 * @throws Error when the stream ends early or is no tar.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const reader = new ByteReader(source)
  for (;;) {
    const header = await reader.exactly(BLOCK)
    if (header.every((byte) => byte === 0)) return
    if (Number.parseInt(header.toString('latin1', 148, 154), 8) !== checksum(header))
      throw new Error('The archive is damaged.')
    const sizeBytes = Number.parseInt(header.toString('latin1', 124, 135), 8)
    const content = reader.pieces(sizeBytes)
    const prefix = textAt(header, 345, 155)
    yield { name: `${prefix && `${prefix}/`}${textAt(header, 0, NAME_BYTES)}`, sizeBytes, content }
    while (!(await content.next()).done);
    await reader.exactly(tarPadding(sizeBytes).length)
  }
}

const textAt = (header: Buffer, at: number, length: number) =>
  header.toString('latin1', at, at + length).replace(/\0.*$/s, '')

class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async exactly(sizeBytes: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const piece of this.pieces(sizeBytes)) parts.push(piece)
    return Buffer.concat(parts)
  }

  async *pieces(sizeBytes: number): AsyncGenerator<Buffer> {
    let missing = sizeBytes
    while (missing > 0) {
      if (this.#rest.length === 0) this.#rest = await this.#next()
      const piece = this.#rest.subarray(0, missing)
      this.#rest = this.#rest.subarray(piece.length)
      missing -= piece.length
      yield piece
    }
  }

  async #next(): Promise<Buffer> {
    const { value, done } = await this.#source.next()
    if (done) throw new Error('The archive is cut off.')
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
}
