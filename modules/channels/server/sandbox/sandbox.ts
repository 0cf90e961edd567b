import { createHmac } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import type { SandboxIntake } from '../../contract/sandbox.ts'
import { mergeConfig, openSecrets } from '../account-secrets.ts'
import { type AccountRow, findAccounts, findAccountsWithState, writeAccountState } from '../accounts.queries.ts'
import type { updateAccount } from '../save-account.ts'
import { type MailSink, startMailSink } from '../simulators/mail-sink.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../simulators/webhook-receiver.ts'

/** Marks an account whose answers go to the sandbox. */
const MARK = 'okno.sandbox'
const HOST = '127.0.0.1'

export type Sandbox = ReturnType<typeof createSandbox>

/**
 * The world outside for a demo: a mail server of customers and another business system, both on this machine. They speak the channels'
 * real protocols, so what works here works outside.
 */
export function createSandbox(platform: Platform, use: { updateAccount: ReturnType<typeof updateAccount> }) {
  const { transaction, database, secrets } = platform
  let mail: MailSink | undefined
  let webhook: WebhookReceiver | undefined
  const intake = new Map<string, SandboxIntake>()

  /** Ports change with every start, so marked accounts are led to the new ones; one that somebody led elsewhere stays there. */
  async function connect(row: AccountRow) {
    const config = outside(row)
    if (!config || isDeepStrictEqual(mergeConfig(row.config, config), row.config)) return
    await use.updateAccount(systemActor(row.workspaceId), row.id, { config })
  }

  function outside({ id, kind, config }: AccountRow): Record<string, unknown> | undefined {
    if (kind === 'email' && mail) {
      const host = (config.smtp as { host?: string } | undefined)?.host ?? HOST // as the schema of e-mail says
      return host === HOST ? { smtp: { host, port: mail.port, security: 'none' } } : undefined
    }
    if (kind === 'api' && webhook) {
      const isHere = URL.parse(String(config.webhookUrl ?? webhook.url))?.hostname === HOST
      return isHere ? { webhookUrl: `${webhook.url}${id}`, allowPrivateAddresses: true } : undefined
    }
    return undefined
  }

  const markedAccounts = async (tx: Tx): Promise<AccountRow[]> => {
    const marked = await findAccountsWithState(tx, MARK)
    return await findAccounts(
      tx,
      marked.map(({ accountId }) => accountId),
    )
  }

  return {
    mail: () => mail,
    webhook: () => webhook,
    /** Trouble that the arrivals of an account meet, if any. Known to this process only: a demo runs in one. */
    intakeOf: (accountId: string): SandboxIntake | undefined => intake.get(accountId),
    /** All such trouble that this workspace may see. */
    intake: async (tx: Tx): Promise<SandboxIntake[]> =>
      (await findAccounts(tx, [...intake.keys()])).flatMap(({ id }) => intake.get(id) ?? []),
    troubleIntake: (trouble: SandboxIntake): void => {
      if (trouble.isDown || trouble.duplicates > 0 || trouble.delayMs > 0) intake.set(trouble.accountId, trouble)
      else intake.delete(trouble.accountId)
    },
    accounts: async (tx: Tx): Promise<AccountRow[]> =>
      (await markedAccounts(tx)).filter(({ archivedAt }) => archivedAt === null),
    /**
     * Leads the sandbox's accounts of a workspace to this process: where several serve it, the one that was told of trouble is the one that
     * makes it.
     */
    takeOver: async (workspaceId: string): Promise<void> => {
      for (const row of await transaction(workspaceId, markedAccounts)) await connect(row)
    },
    /** Leads the answers of an account to the sandbox, now if it runs and after every start. */
    adopt: async (workspaceId: string, accountId: string): Promise<void> => {
      const rows = await transaction(workspaceId, async (tx) => {
        await writeAccountState(tx, accountId, MARK, true)
        return findAccounts(tx, [accountId])
      })
      for (const row of rows) await connect(row)
    },
    /** Signature that the account's secret asks for; empty without a secret. */
    signatureFor: (row: AccountRow, body: string, at: Date): Record<string, string> => {
      const config = openSecrets(row.config, (sealed) => secrets.open(sealed, row.id))
      const secret = (config as { secret?: string }).secret // as the schema of the API channel says
      if (!secret) return {}
      const seconds = Math.floor(at.getTime() / 1000)
      const hex = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
      return { 'okno-signature': `t=${seconds},v1=${hex}` }
    },
    start: async () => {
      mail = await startMailSink()
      webhook = await startWebhookReceiver()
      const marked = await database.system((tx) => findAccountsWithState(tx, MARK))
      for (const { workspaceId, accountId } of marked) {
        const rows = await transaction(workspaceId, (tx) => findAccounts(tx, [accountId]))
        for (const row of rows) await connect(row)
      }
    },
    stop: async () => {
      await Promise.all([mail?.close(), webhook?.close()])
    },
  }
}
