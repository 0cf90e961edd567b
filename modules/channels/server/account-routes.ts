import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { pageOf } from '#platform/shared/page'
import { account, accountDraft, accountPatch, channelKind } from '../contract/accounts.ts'
import { configSchemaOf } from './account-secrets.ts'
import { toAccount } from './account-view.ts'
import { findAccount, findAccounts } from './accounts.queries.ts'
import type { RegisteredAdapter } from './channel-adapter.ts'
import type { OpenAccounts } from './open-accounts.ts'
import { accountNotFound, type createAccount, type updateAccount } from './save-account.ts'
import type { verifyAccount } from './verify-account.ts'

const params = z.object({ id: z.uuid() })
const tags = ['Channels']

/** Accounts of channels, and the kinds there are. */
export function accountRoutes(
  { transaction }: Platform,
  http: HttpServer,
  use: {
    adapters: ReadonlyMap<string, RegisteredAdapter>
    accounts: OpenAccounts
    createAccount: ReturnType<typeof createAccount>
    updateAccount: ReturnType<typeof updateAccount>
    verifyAccount: ReturnType<typeof verifyAccount>
  },
) {
  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/accounts',
        {
          config: { access: 'channels.read' },
          schema: { tags, summary: 'Accounts of channels', response: { 200: pageOf(account) } },
        },
        async ({ actor }) => {
          const rows = await transaction(actor.workspaceId, (tx) => findAccounts(tx))
          return { items: rows.map((row) => toAccount(row, actor, use.accounts)), nextCursor: null }
        },
      )

      app.post(
        '/accounts',
        {
          config: { access: 'channels.manage' },
          schema: {
            tags,
            summary: 'Add an account. For e-mail, smtp, imap and address may stand at the top',
            body: accountDraft,
            response: { 201: account },
          },
        },
        async ({ actor, body }, reply) => reply.status(201).send(await use.createAccount(actor, body)),
      )

      app.get(
        '/accounts/:id',
        {
          config: { access: 'channels.read' },
          schema: { tags, summary: 'One account', params, response: { 200: account } },
        },
        async ({ actor, params: { id } }) => {
          const row = await transaction(actor.workspaceId, (tx) => findAccount(tx, id))
          if (!row) throw accountNotFound()
          return toAccount(row, actor, use.accounts)
        },
      )

      app.patch(
        '/accounts/:id',
        {
          config: { access: 'channels.manage' },
          schema: {
            tags,
            summary: 'Change an account. Settings are merged; a secret that is left out keeps its value',
            params,
            body: accountPatch,
            response: { 200: account },
          },
        },
        ({ actor, params: { id }, body }) => use.updateAccount(actor, id, body),
      )

      app.post(
        '/accounts/:id/verify',
        {
          config: { access: 'channels.manage' },
          schema: {
            tags,
            summary: 'Try the credentials of an account',
            params,
            response: { 200: z.object({ ok: z.boolean(), reason: z.string().optional() }) },
          },
        },
        ({ actor, params: { id } }) => use.verifyAccount({ workspaceId: actor.workspaceId, accountId: id }),
      )

      app.get(
        '/channel-kinds',
        {
          config: { access: 'channels.read' },
          schema: {
            tags,
            summary: 'Kinds of channels with the JSON schema of their settings',
            response: { 200: pageOf(channelKind) },
          },
        },
        async () => ({
          items: [...use.adapters.values()].map(({ kind, config }) => ({ kind, configSchema: configSchemaOf(config) })),
          nextCursor: null,
        }),
      )
    },
    { prefix: '/api/v1' },
  )
}
