import { z } from 'zod'
import { Problem } from '#platform/shared/problems'
import { priorities, statuses } from '../contract/index.ts'

const asked = z
  .strictObject({
    status: z.array(z.enum(statuses)).max(5),
    priority: z.array(z.enum(priorities)).max(4),
    ownerId: z.uuid().nullable(),
    teamId: z.uuid().nullable(),
    tag: z.string().max(50),
    accountId: z.uuid(),
    channel: z.string().max(40),
    personId: z.uuid(),
  })
  .partial()

/** What a list is narrowed to, with channels resolved to their accounts. Left out = anything. */
export interface ConversationFilter extends Omit<z.infer<typeof asked>, 'accountId' | 'channel'> {
  readonly accountIds?: readonly string[]
}

/**
 * Reads the `filter` of a list.
 * @throws Problem `request.filter` (422) when it is not JSON of the described form
 */
export function parseFilter(
  text: string | undefined,
  accounts: ReadonlyMap<string, { kind: string }>,
): ConversationFilter {
  if (text === undefined || text === '') return {}
  const result = asked.safeParse(json(text))
  if (!result.success)
    throw new Problem('request.filter', 422, 'The filter is not as described.', {
      errors: result.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message })),
    })
  const { accountId, channel, ...filter } = result.data
  if (accountId === undefined && channel === undefined) return filter
  const accountIds = [...accounts]
    .filter(([id, { kind }]) => (accountId ?? id) === id && (channel ?? kind) === kind)
    .map(([id]) => id)
  return { ...filter, accountIds }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
