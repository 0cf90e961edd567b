import { type Changes, changesBetween } from '#platform/shared/changes'
import type { ConversationState } from './conversation.ts'

/** What others are told of with values before and after; everything else follows from messages. */
const TOLD = [
  'personId',
  'subject',
  'status',
  'priority',
  'ownerId',
  'teamId',
  'tags',
  'waitingSince',
  'dueAt',
  'limitAt',
  'snoozedUntil',
  'closedAt',
  'custom',
] as const

/** What is different in a conversation; of one that has just begun nothing, since it was not there before. */
export const conversationChanges = (before: ConversationState, after: ConversationState): Changes | undefined =>
  before.lastSeq === 0 ? undefined : changesBetween(before, after, TOLD)
