import type { ImapFlow } from 'imapflow'
import type { Accept, ChannelIo } from '../../channel-adapter.ts'
import type { EmailConfig } from './config.ts'
import { connectMailbox, type MailboxConfig, mailboxError } from './mailbox.ts'
import { type Folder, takeNewMail } from './take-new-mail.ts'

/** Folders other than the first are looked at this often; the first one tells by itself (IDLE). */
const POLL_MS = 60_000
const FIRST_RETRY_MS = 1000
const LONGEST_RETRY_MS = 5 * 60_000

export interface Listening {
  readonly config: EmailConfig
  readonly io: ChannelIo
  readonly accept: Accept
  readonly stop: AbortSignal
  /** Shorter in tests. */
  readonly pollMs?: number
}

/**
 * Takes mail in from a mailbox until `stop`, reconnecting for ever with growing pauses. Resolves after `stop`; a failure never
 * ends it. Each mail is handed to `accept` at least once, and the position moves on only after that.
 */
export async function listenToMailbox(listening: Listening): Promise<void> {
  const { config, io, stop } = listening
  const mailbox = config.imap
  if (!mailbox) return
  const refusals = new Map<string, number>()
  let failures = 0
  while (!stop.aborted) {
    io.health('connecting')
    try {
      await session(listening, mailbox, refusals, () => {
        failures = 0
        io.health('connected')
      })
    } catch (error) {
      const { reason, message } = mailboxError(error, mailbox)
      if (stop.aborted) break
      failures++
      io.health('failing', message)
      io.log.warn('mailbox_connection_lost', { reason, message, failures })
      // A wrong password tried every second locks the mailbox out.
      await pause(reason === 'unauthorised' ? LONGEST_RETRY_MS : retryDelayMs(failures), stop)
    }
  }
}

/** Doubles up to five minutes; half of it is chance, so that many mailboxes of one provider do not return together. */
export function retryDelayMs(failures: number): number {
  const full = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20))
  return full / 2 + (Math.random() * full) / 2
}

async function session(
  listening: Listening,
  mailbox: MailboxConfig,
  refusals: Map<string, number>,
  onConnected: () => void,
): Promise<void> {
  const { io, accept, stop } = listening
  const client = await connectMailbox(mailbox)
  const close = () => client.close()
  stop.addEventListener('abort', close, { once: true })
  try {
    const folders = await foldersOf(client, mailbox)
    onConnected()
    while (!stop.aborted) {
      for (const folder of folders) {
        await takeNewMail({ client, folder, io, accept, stop, importDays: mailbox.importDays, refusals })
      }
      if (!stop.aborted) await somethingNew(client, folders[0], listening)
    }
  } finally {
    stop.removeEventListener('abort', close)
    client.close()
  }
}

async function foldersOf(client: ImapFlow, mailbox: MailboxConfig): Promise<Folder[]> {
  const listed = await client.list()
  const sent = mailbox.sentFolder || listed.find((one) => one.specialUse === '\\Sent')?.path
  const inbox = mailbox.folders.map((path): Folder => ({ path, role: 'inbox' }))
  return sent && !mailbox.folders.includes(sent) ? [...inbox, { path: sent, role: 'sent' }] : inbox
}

/** Resolves when the first folder has new mail, when it is time to look at the others, or on stop. @throws when the connection is lost */
async function somethingNew(client: ImapFlow, folder: Folder | undefined, { stop, pollMs }: Listening): Promise<void> {
  if (!folder) return
  const opened = await client.mailboxOpen(folder.path, { readOnly: true })
  // Mail that came since we looked is seen now: the server tells only of what comes after opening.
  if (folder.nextUid !== undefined && opened.uidNext > folder.nextUid) return
  await new Promise<void>((resolve, reject) => {
    const finish = () => {
      clearTimeout(timer)
      client.off('exists', finish)
      client.off('close', lost)
      stop.removeEventListener('abort', finish)
      resolve()
    }
    const lost = () => {
      finish()
      if (!stop.aborted) reject(new Error('The connection was closed.'))
    }
    const timer = setTimeout(finish, pollMs ?? POLL_MS)
    client.once('exists', finish)
    client.once('close', lost)
    stop.addEventListener('abort', finish, { once: true })
    // The library ends IDLE quietly when the connection is lost.
    client.idle().then(
      () => (client.usable ? undefined : lost()),
      (error: unknown) => {
        finish()
        reject(error)
      },
    )
  })
}

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    stop.addEventListener('abort', done, { once: true })
    if (stop.aborted) done()
  })
