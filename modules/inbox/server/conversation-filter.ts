import { z } from 'zod'
import type { Questions } from '#modules/objects'
import { both, type Condition, formOf } from '#platform/shared/objects/condition'
import { Problem } from '#platform/shared/problems'
import { priorities, statuses } from '../contract/index.ts'

/** The zero character stands in nothing that is stored. */
const word = z.string().regex(/^[^\0]*$/)

const asked = z
  .strictObject({
    status: z.array(z.enum(statuses)).max(5),
    priority: z.array(z.enum(priorities)).max(4),
    ownerId: z.uuid().nullable(),
    teamId: z.uuid().nullable(),
    tag: word.max(50),
    accountId: z.uuid(),
    channel: word.max(40),
    personId: z.uuid(),
  })
  .partial()

/** What a list is narrowed to. */
export interface ConversationFilter {
  readonly condition: Condition
  /** Closed ones wait for nothing, so they have another order. */
  readonly asksForClosed: boolean
}

/**
 * Reads the `filter` of a list: a condition, or the short form in which the window writes its own filters.
 * @throws Problem `request.filter` (422) when it is not JSON of either form, `objects.condition_wrong` when it does not fit conversations
 */
export function readFilter(ask: Questions, text: string | undefined): ConversationFilter {
  if (text === undefined || text === '') return { condition: { all: [] }, asksForClosed: false }
  const given = json(text)
  if (typeof given === 'object' && given !== null && formOf(given))
    return { condition: ask.checked('conversation', given), asksForClosed: false }
  const result = asked.safeParse(given)
  if (!result.success)
    throw new Problem('request.filter', 422, 'The filter is not as described.', {
      errors: result.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message })),
    })
  const { data } = result
  return { condition: conditionOf(data), asksForClosed: data.status?.includes('closed') ?? false }
}

function conditionOf(filter: z.infer<typeof asked>): Condition {
  const { status, priority, ownerId, teamId, tag, accountId, channel, personId } = filter
  return both(
    status && { field: 'status', op: 'in', value: status },
    priority && { field: 'priority', op: 'in', value: priority },
    is('owner', ownerId),
    is('team', teamId),
    is('tags', tag),
    is('account', accountId),
    is('channel', channel),
    is('person', personId),
  )
}

const is = (field: string, value: string | null | undefined): Condition | undefined =>
  value === undefined ? undefined : value === null ? { field, op: 'empty' } : { field, op: 'eq', value }

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
