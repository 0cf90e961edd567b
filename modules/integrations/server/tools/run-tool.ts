import { audit } from '#platform/server/audit.queries'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Refused, type Tool } from './tool.ts'

/** Characters of one answer: what is longer is cut, and says so. */
const MAX_ANSWER = 40_000

export interface ToolAnswer {
  readonly text: string
  readonly isError: boolean
}

/**
 * Runs a tool in its caller's name and puts it on record, whether it succeeds or not. What a tool reads and writes goes through the API, with
 * the caller's rights and the API's own limits.
 */
export const runTool =
  ({ transaction, http }: Pick<Platform, 'transaction' | 'http'>) =>
  async (actor: Actor, tool: Tool, given: unknown, requestId: string): Promise<ToolAnswer> => {
    const ask = async (method: 'GET' | 'POST', path: string, body?: object) => {
      const answer = await http.ask({ ...actor, onlyTools: undefined }, { method, path, ...(body ? { body } : {}) })
      if (answer.status >= 300) throw new Refused(answer.status, answer.body)
      return answer.body
    }
    const answer = await tool.run(ask, given).then(
      (result) => ({ text: cut(JSON.stringify(withoutRights(result))), isError: false }),
      (error: unknown) => {
        if (error instanceof Refused) return { text: error.message, isError: true }
        throw error
      },
    )
    await transaction(actor.workspaceId, (tx) =>
      audit(tx, actor, {
        action: 'integrations.tool_used',
        object: 'integrations.tool',
        details: { tool: tool.name, of: idsIn(given), isRefused: answer.isError },
        requestId,
      }),
    )
    return answer
  }

const cut = (text: string) =>
  text.length <= MAX_ANSWER ? text : `${text.slice(0, MAX_ANSWER)}\n[cut after ${MAX_ANSWER} characters: ask for less]`

/** What may be done with a thing is told to screens; here the tools are all there is. */
function withoutRights(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRights)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === 'can' ? [] : [[key, withoutRights(inner)]])),
  )
}

/** Which things a tool was used on. Words stay out of the log: they stand where they were written. */
function idsIn(given: unknown): Record<string, string> {
  const values = typeof given === 'object' && given !== null ? Object.entries(given) : []
  const named = values.filter(([key, value]) => typeof value === 'string' && /^(id|.*Id|object|on|what)$/.test(key))
  return Object.fromEntries(named.map(([key, value]) => [key, String(value).slice(0, 100)]))
}
