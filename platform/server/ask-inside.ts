import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify'
import type { Actor } from '#platform/shared/actor'

/** What the API answers to a question from inside. */
export interface InnerAnswer {
  readonly status: number
  /** The parsed JSON; null when there was none. */
  readonly body: unknown
}

export type AskInside = (
  actor: Actor,
  question: { method: HTTPMethods; path: string; body?: object },
) => Promise<InnerAnswer>

const SCHEME = 'Inside '

/**
 * Asks the API of this process in somebody's name, without a network in between: rights, schemas, problems and the audit log are those of
 * any other request, so whoever speaks another protocol needs no rules of its own. Who asks travels as a token of 32 random bytes that is good
 * for one request; nothing from outside can know one.
 */
export function createAskInside(server: Pick<FastifyInstance, 'inject'>) {
  const asking = new Map<string, Actor>()
  const ask: AskInside = async (actor, { method, path, body }) => {
    const token = randomBytes(32).toString('base64url')
    asking.set(token, actor)
    try {
      const answer = await server.inject({
        method,
        url: `/api/v1${path}`,
        headers: { authorization: SCHEME + token },
        ...(body ? { payload: body } : {}),
      })
      const isJson = String(answer.headers['content-type'] ?? '').includes('json')
      return { status: answer.statusCode, body: isJson ? answer.json<unknown>() : null }
    } finally {
      asking.delete(token)
    }
  }
  return {
    ask,
    /** Who asks from inside; undefined for every other request. */
    actorOf: ({ headers: { authorization } }: Pick<FastifyRequest, 'headers'>): Actor | undefined => {
      if (!authorization?.startsWith(SCHEME)) return undefined
      const token = authorization.slice(SCHEME.length)
      const actor = asking.get(token)
      asking.delete(token)
      return actor
    },
  }
}
