import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { pageOf } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import {
  sandboxApi,
  sandboxFaults,
  sandboxMail,
  sandboxMailbox,
  sandboxState,
  sandboxWebhook,
} from '../../contract/sandbox.ts'
import { type AccountRow, findAccount, findAccounts } from '../accounts.queries.ts'
import { accountNotFound } from '../save-account.ts'
import { sendMail } from '../simulators/send-mail.ts'
import type { Sandbox } from './sandbox.ts'

const tags = ['Sandbox']
const access = 'channels.manage'
const done = z.object({ status: z.literal('under way') })
const underWay = { status: 'under way' as const }

/** Playing the customer, for administrators of a demo. Messages go out and in by the channels' real protocols. */
export function sandboxRoutes(
  platform: Platform,
  http: HttpServer,
  { sandbox, smtpPort }: { sandbox: Sandbox; smtpPort: () => number | undefined },
) {
  const { transaction, log, now } = platform
  const later = (delayMs: number, play: () => Promise<unknown>) => {
    setTimeout(() => {
      play().catch((error) => log.warn({ err: error }, 'sandbox: not played'))
    }, delayMs).unref()
  }
  const accountOf = async (workspaceId: string, id: string, ...kinds: string[]): Promise<AccountRow> => {
    const row = await transaction(workspaceId, (tx) => findAccount(tx, id))
    if (!row || !kinds.includes(row.kind)) throw accountNotFound()
    return row
  }

  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/sandbox',
        {
          config: { access },
          schema: { tags, summary: 'What the sandbox plays now', response: { 200: sandboxState } },
        },
        async ({ actor }) => ({
          isOn: true,
          smtpPort: smtpPort() ?? null,
          mailFault: sandbox.mail()?.fault ?? { kind: 'none' as const },
          ...(await transaction(actor.workspaceId, async (tx) => ({
            intake: await sandbox.intake(tx),
            accounts: await sandbox.accounts(tx),
          }))),
        }),
      )
      app.post(
        '/sandbox/accounts/:id',
        {
          config: { access },
          schema: {
            tags,
            summary: 'Lead the answers of an account to the sandbox',
            params: z.object({ id: z.uuid() }),
            response: { 204: z.null() },
          },
        },
        async ({ actor, params: { id } }, reply) => {
          if (!(await transaction(actor.workspaceId, (tx) => findAccount(tx, id)))) throw accountNotFound()
          await sandbox.adopt(actor.workspaceId, id)
          return reply.status(204).send(null)
        },
      )
      app.post(
        '/sandbox/mail',
        {
          config: { access },
          schema: { tags, summary: 'Write a mail as a customer', body: sandboxMail, response: { 202: done } },
        },
        async ({ actor, body }, reply) => {
          const port = smtpPort()
          if (port === undefined)
            throw new Problem('channels.sandbox_no_mail', 409, 'The mail server of Okno is off: set OKNO_SMTP_PORT.')
          const { address } = await accountOf(actor.workspaceId, body.accountId, 'email')
          const { accountId: _account, duplicates, delayMs, to = address ?? '', ...mail } = body
          const play = () => sendMail(port, { ...mail, to }, duplicates + 1)
          if (delayMs > 0) later(delayMs, play)
          else await play()
          return reply.status(202).send(underWay)
        },
      )
      app.post(
        '/sandbox/api',
        {
          config: { access },
          schema: { tags, summary: 'Hand over a message as another system', body: sandboxApi, response: { 202: done } },
        },
        async ({ actor, body: { accountId, message, duplicates, delayMs } }, reply) => {
          const row = await accountOf(actor.workspaceId, accountId, 'api')
          const body = JSON.stringify(message)
          later(delayMs, async () => {
            const headers = { 'content-type': 'application/json', ...sandbox.signatureFor(row, body, now()) }
            const post = () => fetch(`${ownAddress(http)}/in/${row.key}`, { method: 'POST', headers, body })
            await Promise.all(Array.from({ length: duplicates + 1 }, post))
          })
          return reply.status(202).send(underWay)
        },
      )
      app.get(
        '/sandbox/mailbox',
        {
          config: { access },
          schema: { tags, summary: 'Mail that customers got', response: { 200: pageOf(sandboxMailbox) } },
        },
        async ({ actor }) => {
          const rows = await transaction(actor.workspaceId, (tx) => findAccounts(tx))
          const own = new Set(rows.map(({ address }) => address))
          return { items: (sandbox.mail()?.mails ?? []).filter(({ from }) => own.has(from)), nextCursor: null }
        },
      )
      app.get(
        '/sandbox/webhooks',
        {
          config: { access },
          schema: { tags, summary: 'Answers that the other system got', response: { 200: pageOf(sandboxWebhook) } },
        },
        async ({ actor }) => {
          const rows = await transaction(actor.workspaceId, (tx) => findAccounts(tx))
          const own = new Set(rows.map(({ id }) => id))
          const calls = (sandbox.webhook()?.calls ?? []).map((call) => ({ ...call, accountId: call.path.slice(1) }))
          return { items: calls.filter(({ accountId }) => own.has(accountId)).toReversed(), nextCursor: null }
        },
      )
      app.post(
        '/sandbox/faults',
        {
          config: { access },
          schema: { tags, summary: 'Switch trouble on and off', body: sandboxFaults, response: { 204: z.null() } },
        },
        async ({ actor, body: { mail, webhook, intake } }, reply) => {
          if (intake) {
            await accountOf(actor.workspaceId, intake.accountId, 'webchat', 'form')
            sandbox.troubleIntake(intake)
          }
          if (mail) sandbox.mail()?.behave(mail)
          if (webhook) sandbox.webhook()?.behave(webhook)
          if (mail || webhook) await sandbox.takeOver(actor.workspaceId)
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}

/** Where this process listens: the sandbox comes in by the front door. */
function ownAddress(http: HttpServer): string {
  const address = http.server.address()
  if (!address || typeof address === 'string') throw new Error('This process does not listen.')
  return `http://127.0.0.1:${address.port}`
}
