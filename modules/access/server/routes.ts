import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import { pageOf, pageQuery } from '#platform/shared/page'
import {
  auditEntry,
  auditQuery,
  me,
  mePatch,
  newOperator,
  newPassword,
  operator,
  operatorPatch,
  workspace,
  workspacePatch,
} from '../contract/index.ts'
import { asOperator } from './actor.ts'
import { findAuditPage } from './audit-log.queries.ts'
import { changeMe } from './change-me.ts'
import { changeOperator } from './change-operator.ts'
import { changeWorkspace } from './change-workspace.ts'
import type { AccessContext } from './context.ts'
import { createOperator } from './create-operator.ts'
import type { LookUpSession } from './look-up-session.ts'
import { findOperatorPage } from './operators.queries.ts'
import { setPassword } from './set-password.ts'
import { showMe } from './show-me.ts'
import { prolongSession } from './sign-in-routes.ts'
import { findWorkspace } from './workspace.queries.ts'

const tags = ['Operators']
const params = z.object({ id: z.uuid() })
const operatorQuery = pageQuery.extend({
  /** True = those who left instead of those who work here. */
  archived: z.stringbool().default(false),
})

/** Oneself, operators, the company, the audit log. */
export function routes(http: HttpServer, context: AccessContext, lookUpSession: LookUpSession) {
  const { transaction, now } = context
  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/me',
        {
          config: { access: 'signed-in' },
          schema: { tags, summary: 'Who I am and what I may do', response: { 200: me } },
        },
        async (request, reply) => {
          await prolongSession(lookUpSession, request, reply)
          return transaction(request.actor.workspaceId, (tx) => showMe(tx, now(), asOperator(request.actor)))
        },
      )
      app.patch(
        '/me',
        {
          config: { access: 'signed-in' },
          schema: { tags, summary: 'Change my name, language or availability', body: mePatch, response: { 200: me } },
        },
        (request) => changeMe(context, asOperator(request.actor), request.body),
      )

      app.get(
        '/operators',
        {
          config: { access: 'access.read' },
          schema: { tags, summary: 'List operators', querystring: operatorQuery, response: { 200: pageOf(operator) } },
        },
        ({ actor, query }) => transaction(actor.workspaceId, (tx) => findOperatorPage(tx, { ...query, now: now() })),
      )
      app.post(
        '/operators',
        {
          config: { access: 'access.manage' },
          schema: { tags, summary: 'Add an operator', body: newOperator, response: { 201: operator } },
        },
        async ({ actor, body }, reply) => reply.status(201).send(await createOperator(context, actor, body)),
      )
      app.patch(
        '/operators/:id',
        {
          config: { access: 'access.manage' },
          schema: {
            tags,
            summary: 'Change or archive an operator',
            params,
            body: operatorPatch,
            response: { 200: operator },
          },
        },
        ({ actor, params, body }) => changeOperator(context, actor, params.id, body),
      )
      app.post(
        '/operators/:id/password',
        {
          config: { access: 'access.manage' },
          schema: {
            tags,
            summary: "Set another operator's password",
            params,
            body: newPassword,
            response: { 204: z.null() },
          },
        },
        async ({ actor, params, body }, reply) => {
          await setPassword(context, actor, params.id, body)
          return reply.status(204).send(null)
        },
      )

      app.get(
        '/workspace',
        {
          config: { access: 'access.read' },
          schema: { tags, summary: 'Show the company', response: { 200: workspace } },
        },
        ({ actor }) => transaction(actor.workspaceId, findWorkspace),
      )
      app.patch(
        '/workspace',
        {
          config: { access: 'access.manage' },
          schema: { tags, summary: 'Change the company', body: workspacePatch, response: { 200: workspace } },
        },
        ({ actor, body }) => changeWorkspace(context, actor, body),
      )

      app.get(
        '/audit',
        {
          config: { access: 'access.manage' },
          schema: {
            tags,
            summary: 'List who changed what',
            querystring: auditQuery,
            response: { 200: pageOf(auditEntry) },
          },
        },
        ({ actor, query }) => transaction(actor.workspaceId, (tx) => findAuditPage(tx, query)),
      )
    },
    { prefix: '/api/v1' },
  )
}
