import { z } from 'zod'

/**
 * What can happen with a conversation, and why it has its owner or waits: codes of translated lines (`inbox.events.<code>`), with the
 * values that stand in them. `by` and `operator` are names.
 */
export const happenings = [
  // Routing: why nobody has it yet
  'queued', // waits its turn
  'nobody_present',
  'nobody_free', // {present}: so many are present, and full
  'automatic', // mail of a machine: given to nobody by itself
  // Routing: why this one has it
  'owner_present', // {operator, load, capacity}: the person's owner, or who had it before
  'least_loaded', // {operator, load, capacity}: load before this one
  'taken', // {operator}: answered what was nobody's
  'assigned', // {operator, by}
  'returned', // {by}: back into the queue by hand
  // Life of the conversation
  'started', // by us
  'closed',
  'reopened', // by a colleague
  'reopened_by_customer',
  'snoozed', // {until}
  'woke', // the snooze is over
  'set_waiting', // for the customer, by hand
  'channel_switched', // {account}: answered by another account than the customer wrote by
  'answer_failed', // our last words did not arrive
  'resent',
  'sent_by_mail', // {address}: the answer in the chat was not seen
  'team_changed', // {team}: '' = no team
  'subject_changed', // {subject}
  'priority_changed', // {priority}
  'person_changed', // {to}: the conversation turned out to be another person's
  'message_moved', // {number}: in place of a message that was somebody else's
  'message_came', // {number}: a message that stood in another person's conversation
  'tags_changed', // {added, removed}: names with commas, '' = none
] as const
export type Happening = (typeof happenings)[number]

/** One stored line: a code with its values. */
export const line = z.object({
  code: z.enum(happenings),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Line = z.infer<typeof line>
