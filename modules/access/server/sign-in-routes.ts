import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import {
  backupCodeForm,
  newBackupCodes,
  passwordChange,
  passwordForm,
  signedIn,
  signInForm,
  totpForm,
  twoFactorSetup,
} from '../contract/index.ts'
import { findActorOfUser } from './accounts.queries.ts'
import { asOperator, toActor } from './actor.ts'
import { askSignIn } from './ask-sign-in.ts'
import { guardSignIn } from './guard-sign-in.ts'
import type { LookUpSession } from './look-up-session.ts'
import type { SignIn } from './sign-in.ts'

const tags = ['Sign-in']
const nothing = { 204: z.null() }

/** What the library answers, as far as it is used. The session's token stays in the cookie. */
const answer = z.object({ twoFactorRedirect: z.boolean().default(false), user: z.object({ id: z.uuid() }).optional() })

/** Sign-in and what it is secured by: exactly these addresses of the library are reachable, with exactly these fields. */
export function signInRoutes(
  http: HttpServer,
  { platform, signIn, forget }: { platform: Platform; signIn: SignIn; forget: (operatorId: string) => void },
) {
  const { transaction, database, config } = platform
  const ask = (request: FastifyRequest, reply: FastifyReply, path: string, body: object = {}) =>
    askSignIn({ signIn, publicUrl: config.publicUrl }, { request, reply, path, body })

  /** Writes down what an account did; `changes` also ends what processes remember of it. */
  async function record(request: FastifyRequest, userId: string, action: string, { changes = false } = {}) {
    const found = await database.system((tx) => findActorOfUser(tx, userId))
    if (!found) return
    await transaction(found.workspaceId, (tx) =>
      audit(tx, toActor(found), { action, object: 'operator', id: found.operatorId, requestId: request.id }),
    )
    if (changes) forget(found.operatorId)
  }

  async function recordOwn(request: FastifyRequest, action: string) {
    const actor = asOperator(request.actor)
    await transaction(actor.workspaceId, (tx) =>
      audit(tx, actor, { action, object: 'operator', id: actor.operatorId, requestId: request.id }),
    )
    forget(actor.operatorId)
  }

  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()

      app.post(
        '/sign-in/email',
        {
          config: { access: 'public' },
          schema: { tags, summary: 'Sign in with e-mail and password', body: signInForm, response: { 200: signedIn } },
        },
        async (request, reply) => {
          const { user, twoFactorRedirect } = await guardSignIn(
            platform,
            { ip: request.ip, email: request.body.email },
            async () => answer.parse(await ask(request, reply, '/sign-in/email', request.body)),
          )
          if (user && !twoFactorRedirect) await record(request, user.id, 'signed_in')
          return { twoFactorRedirect }
        },
      )
      app.post(
        '/sign-out',
        { config: { access: 'signed-in' }, schema: { tags, summary: 'Sign out', response: nothing } },
        async (request, reply) => {
          await ask(request, reply, '/sign-out')
          await recordOwn(request, 'signed_out')
          return reply.status(204).send(null)
        },
      )
      app.post(
        '/change-password',
        {
          config: { access: 'signed-in' },
          schema: {
            tags,
            summary: 'Change my password',
            description: 'Signs out everywhere else.',
            body: passwordChange,
            response: nothing,
          },
        },
        async (request, reply) => {
          await ask(request, reply, '/change-password', { ...request.body, revokeOtherSessions: true })
          await recordOwn(request, 'password_changed')
          return reply.status(204).send(null)
        },
      )
      app.post(
        '/revoke-other-sessions',
        { config: { access: 'signed-in' }, schema: { tags, summary: 'Sign out everywhere else', response: nothing } },
        async (request, reply) => {
          await ask(request, reply, '/revoke-other-sessions')
          await recordOwn(request, 'other_sessions_ended')
          return reply.status(204).send(null)
        },
      )

      app.post(
        '/two-factor/enable',
        {
          config: { access: 'signed-in' },
          schema: { tags, summary: 'Set up a second factor', body: passwordForm, response: { 200: twoFactorSetup } },
        },
        async (request, reply) => twoFactorSetup.parse(await ask(request, reply, '/two-factor/enable', request.body)),
      )
      for (const [path, body] of [
        ['/two-factor/verify-totp', totpForm],
        ['/two-factor/verify-backup-code', backupCodeForm],
      ] as const) {
        app.post(
          path,
          {
            config: { access: 'public' },
            schema: {
              tags,
              summary: `Prove the second factor by ${body === totpForm ? 'a code of the authenticator app' : 'a backup code'}`,
              description:
                'Ends a sign-in that asked for it. When signed in already, a code of the app turns the second factor on.',
              body,
              response: { 200: signedIn },
            },
          },
          async (request, reply) => {
            const isSettingUp = (await http.authenticate(request)) !== null
            const { user } = answer.parse(await ask(request, reply, path, request.body))
            if (user) {
              await record(request, user.id, isSettingUp ? 'two_factor_verified' : 'signed_in', {
                changes: isSettingUp,
              })
            }
            return { twoFactorRedirect: false }
          },
        )
      }
      app.post(
        '/two-factor/generate-backup-codes',
        {
          config: { access: 'signed-in' },
          schema: { tags, summary: 'Make new backup codes', body: passwordForm, response: { 200: newBackupCodes } },
        },
        async (request, reply) => {
          const codes = newBackupCodes.parse(
            await ask(request, reply, '/two-factor/generate-backup-codes', request.body),
          )
          await recordOwn(request, 'backup_codes_made')
          return codes
        },
      )
      app.post(
        '/two-factor/disable',
        {
          config: { access: 'signed-in' },
          schema: { tags, summary: 'Turn the second factor off', body: passwordForm, response: nothing },
        },
        async (request, reply) => {
          await ask(request, reply, '/two-factor/disable', request.body)
          await recordOwn(request, 'two_factor_disabled')
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/auth' },
  )
}

/** Gives a session that is a day old its full time again; the window asks who it is when it loads. */
export async function prolongSession(
  lookUp: LookUpSession,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { cookie, authorization } = request.headers
  if (!cookie || authorization) return
  const { setCookies } = await lookUp(cookie, { prolong: true })
  for (const line of setCookies) reply.header('set-cookie', line)
}
