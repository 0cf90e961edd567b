import { readFile } from 'node:fs/promises'
import { isPrivateAddress } from '#platform/server/guarded-fetch'
import type { Platform } from '#platform/server/platform'
import type { AcceptRaw } from './accept-raw.ts'
import type { AccountRef } from './account-ref.ts'
import { type AccountRow, findMailAccounts } from './accounts.queries.ts'
import { verifyAuthentication } from './adapters/email/authentication.ts'
import { splitAddress, tokenOf, withoutTag } from './adapters/email/reply-address.ts'
import { createSmtpIntake, type SmtpIntake } from './adapters/email/smtp-intake.ts'

/** Okno's own mail server: takes mail for the hosted e-mail accounts of every workspace. */
export function createMailIntake({ config, database, secrets, log }: Platform, accept: AcceptRaw) {
  const owners = new Map<string, AccountRef>()
  let intake: SmtpIntake | undefined

  /** The account that owns a recipient; of several with one reply domain, the one that signed the token. */
  async function accountFor(recipient: string): Promise<string | null> {
    const [, domain] = splitAddress(recipient)
    const rows = await database.system((tx) => findMailAccounts(tx, { addresses: [recipient], replyDomain: domain }))
    const hosted = rows.filter((row) => row.config.hosted !== false)
    const row = hosted.find(({ address }) => address === recipient) ?? hosted.find(signed(recipient))
    if (!row) return null
    owners.set(row.id, { workspaceId: row.workspaceId, accountId: row.id })
    return row.id
  }

  const signed = (recipient: string) => (row: AccountRow) =>
    row.config.replyDomain === splitAddress(recipient)[1] &&
    tokenOf(recipient, secrets.keyFor(`account ${row.id}`)) !== null &&
    withoutTag(recipient) !== recipient

  return {
    /** The port it listens on, once started. */
    port: () => intake?.port,
    /** Open connections to it, once started. */
    connections: () => intake?.connections(),
    /** @throws Error that says what to do when the port is taken */
    start: async () => {
      if (!config.smtp) return
      const { port } = config.smtp
      const tls = config.tls && {
        cert: await readFile(config.tls.certPath, 'utf8'),
        key: await readFile(config.tls.keyPath, 'utf8'),
      }
      const own = log.child({ part: 'smtp' })
      try {
        intake = await createSmtpIntake({
          port,
          hostname: new URL(config.publicUrl).hostname,
          ...(tls ? { tls } : {}),
          accountFor,
          // A mail that our own mail server passes on would look forged: its address is not the sender's.
          verifyAuth: async (mail) => (isPrivateAddress(mail.ip) ? 'none' : verifyAuthentication(mail)),
          accept: async (accountId, raw) => {
            const ref = owners.get(accountId)
            if (!ref) throw new Error('The account was never asked for.')
            await accept(ref, raw)
          },
          log: {
            info: (event, fields) => own.info({ ...fields }, event),
            warn: (event, fields) => own.warn({ ...fields }, event),
          },
        })
      } catch (error) {
        throw explain(error, port)
      }
    },
    stop: async () => {
      await intake?.close()
      intake = undefined
    },
  }
}

function explain(error: unknown, port: number): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return new Error(
      `Port ${port} for incoming mail is taken by another program. Stop it, or set OKNO_SMTP_PORT to another port or to "off".`,
    )
  if (code === 'EACCES')
    return new Error(
      `Port ${port} for incoming mail may not be opened by this user. Set OKNO_SMTP_PORT to a port above 1023, or to "off".`,
    )
  return error instanceof Error ? error : new Error(String(error))
}
