import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '#platform/shared/problems'
import { tooManyAttempts } from './guard-sign-in.ts'
import { CALLER, type SignIn } from './sign-in.ts'

/** Headers the library needs: its own cookies, and what browsers say about where a request comes from. */
const PASSED_ON = ['cookie', 'origin', 'user-agent', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'] as const

const failure = z.object({ code: z.string().optional(), message: z.string().optional() })

/**
 * Hands a request to the sign-in library and its cookies to the browser.
 *
 * @throws Problem `access.<the library's code in lower case>`, `access.too_many_attempts`
 */
export async function askSignIn(
  { signIn, publicUrl }: { signIn: SignIn; publicUrl: string },
  { request, reply, path, body }: { request: FastifyRequest; reply: FastifyReply; path: string; body: object },
): Promise<unknown> {
  const headers = new Headers({ 'content-type': 'application/json', [CALLER.ip]: request.ip })
  for (const name of PASSED_ON) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  if (request.headers.host) headers.set(CALLER.host, request.headers.host)
  // Browsers name the origin of every POST; a program that does not cannot be led astray by a foreign page.
  if (!headers.has('origin')) headers.set('origin', new URL(publicUrl).origin)

  const response = await signIn.handler(
    new Request(`${publicUrl}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  )
  for (const line of response.headers.getSetCookie()) reply.header('set-cookie', line)
  const text = await response.text()
  const answer: unknown = text === '' ? null : JSON.parse(text)
  if (response.ok) return answer
  if (response.status === 429) throw tooManyAttempts(Number(response.headers.get('x-retry-after') ?? 60))
  if (response.status >= 500) throw new Error(`The sign-in library failed on ${path}: ${text}`)
  const { code, message } = failure.parse(answer ?? {})
  throw new Problem(`access.${(code ?? 'refused').toLowerCase()}`, response.status, message ?? 'Refused.')
}
