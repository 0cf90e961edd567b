import { createHash } from 'node:crypto'
import type { FetchMessageObject, ImapFlow } from 'imapflow'
import { z } from 'zod'
import type { Accept, ChannelIo, RawInput } from '../../channel-adapter.ts'
import { setHeader } from './mime-parts.ts'

export interface Folder {
  readonly path: string
  readonly role: 'inbox' | 'sent'
  /** UIDNEXT when the folder was last looked at. */
  nextUid?: number
}

/** Larger mail is taken over as its headers and a note: nothing is lost, and one mail cannot fill the memory. Bytes. */
const MAX_MAIL = 50 * 1024 * 1024
/** A mail that the server does not hand over is taken over as a note after so many attempts, and the next one gets its turn. */
const MAX_ATTEMPTS = 3
/** After the server renumbered a folder, mail from so long before the last one seen is looked at again. */
const OVERLAP_MS = 3 * 86_400_000

const position = z.object({ uidValidity: z.string(), lastUid: z.number(), lastSeen: z.string() })
type Position = z.infer<typeof position>

/**
 * Hands every mail above the stored position of the folder to `accept`, oldest first, and moves the position after each. A first look
 * only notes where the folder ends, unless days are to be imported. When the server renumbered the folder (UIDVALIDITY), recent mail is
 * handed over again: its key, a hash of the bytes, keeps it from being stored twice.
 */
export async function takeNewMail(of: {
  client: ImapFlow
  folder: Folder
  io: ChannelIo
  accept: Accept
  stop: AbortSignal
  importDays: number
  refusals: Map<string, number>
}): Promise<void> {
  const { client, folder, io, stop } = of
  const opened = await client.mailboxOpen(folder.path, { readOnly: true })
  folder.nextUid = opened.uidNext
  const stateKey = `imap:${folder.path}`
  const uidValidity = String(opened.uidValidity)
  const stored = position.safeParse(await io.state.get(stateKey))
  let at = stored.success && stored.data.uidValidity === uidValidity ? stored.data : undefined
  if (!at) {
    if (stored.success) io.log.warn('mailbox_renumbered', { folder: folder.path })
    const since = stored.success
      ? new Date(Date.parse(stored.data.lastSeen) - OVERLAP_MS)
      : new Date(Date.now() - of.importDays * 86_400_000)
    const isFresh = !stored.success && of.importDays === 0
    const lastUid = isFresh ? opened.uidNext - 1 : await lastUidBefore(client, since, opened.uidNext)
    at = { uidValidity, lastUid, lastSeen: stored.success ? stored.data.lastSeen : new Date().toISOString() }
    await io.state.set(stateKey, at)
  }
  if (opened.uidNext <= at.lastUid + 1) return

  const listed = await client.fetchAll(
    `${at.lastUid + 1}:*`,
    { uid: true, size: true, internalDate: true },
    { uid: true },
  )
  // "n:*" always names the last mail, even below n.
  const fresh = listed.filter((mail) => mail.uid > (at?.lastUid ?? 0)).sort((a, b) => a.uid - b.uid)
  for (const mail of fresh) {
    if (stop.aborted) return
    await takeOne(of, mail)
    const next: Position = { uidValidity, lastUid: mail.uid, lastSeen: receivedAt(mail).toISOString() }
    await io.state.set(stateKey, next)
  }
}

async function lastUidBefore(client: ImapFlow, since: Date, uidNext: number): Promise<number> {
  const uids = (await client.search({ since }, { uid: true })) || []
  return uids.length === 0 ? uidNext - 1 : Math.min(...uids) - 1
}

async function takeOne(
  of: { client: ImapFlow; folder: Folder; accept: Accept; io: ChannelIo; refusals: Map<string, number> },
  mail: FetchMessageObject,
): Promise<void> {
  const body = await read(of, mail)
  if (!body) return
  const raw: RawInput = {
    key: `sha256:${createHash('sha256').update(body).digest('hex')}`,
    receivedAt: receivedAt(mail),
    headers: { 'imap-folder': of.folder.role, 'imap-path': of.folder.path, 'imap-uid': String(mail.uid) },
    body,
  }
  await of.accept(raw)
}

/** The bytes of a mail; null when a filter moved it away in the meantime; headers and a note when it is too large or the server fails on it time and again. */
async function read(
  of: { client: ImapFlow; folder: Folder; io: ChannelIo; refusals: Map<string, number> },
  mail: FetchMessageObject,
): Promise<Buffer | null> {
  const { client, folder, io, refusals } = of
  const name = `${folder.path}:${mail.uid}`
  const attempts = (refusals.get(name) ?? 0) + 1
  refusals.set(name, attempts)
  if ((mail.size ?? 0) > MAX_MAIL) {
    io.log.warn('mail_too_large', { folder: folder.path, uid: mail.uid, sizeBytes: mail.size })
    const { headers } = (await client.fetchOne(String(mail.uid), { headers: true }, { uid: true })) || {}
    refusals.delete(name)
    return withNote(
      headers,
      `This mail is too large to be taken over (${Math.round((mail.size ?? 0) / 1048576)} MB). It is in the mailbox.`,
    )
  }
  if (attempts > MAX_ATTEMPTS) {
    io.log.warn('mail_not_readable', { folder: folder.path, uid: mail.uid })
    return withNote(
      undefined,
      `The mail server did not hand this mail over. It is in the folder ${folder.path}, number ${mail.uid}.`,
    )
  }
  const fetched = await client.fetchOne(String(mail.uid), { source: true }, { uid: true })
  const source = fetched ? fetched.source : undefined
  if (!fetched) {
    refusals.delete(name)
    return null
  }
  if (!source || source.length === 0) throw new Error(`The server returned nothing for mail ${mail.uid}.`)
  refusals.delete(name)
  return source
}

function withNote(headers: Buffer | undefined, note: string): Buffer {
  const block = (headers?.toString('latin1') ?? '').replace(/(\r?\n)+$/, '')
  const typed = setHeader(
    setHeader(block, 'Content-Type', 'text/plain; charset=utf-8'),
    'Content-Transfer-Encoding',
    '8bit',
  )
  return Buffer.concat([Buffer.from(`${typed.replace(/(\r?\n)+$/, '')}\r\n\r\n`, 'latin1'), Buffer.from(note, 'utf8')])
}

const receivedAt = (mail: FetchMessageObject): Date => {
  const date = mail.internalDate ? new Date(mail.internalDate) : new Date()
  return Number.isNaN(date.getTime()) ? new Date() : date
}
