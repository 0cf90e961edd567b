import type { ConversationState } from './conversation.ts'

/** The part of a conversation that decides who may see it. */
export type Placed = Pick<ConversationState, 'ownerId' | 'teamId'>

/**
 * Rooms of those who may see a conversation, as in `visibleTo`: its owner, its team, supervisors; everybody while it is nobody's.
 * Give the former place too when it moved: who loses it must hear that.
 */
export function audienceOf(...places: readonly Placed[]): string[] {
  const rooms = places.flatMap(({ ownerId, teamId }) => {
    if (!ownerId && !teamId) return ['workspace']
    return [...(ownerId ? [`operator:${ownerId}`] : []), ...(teamId ? [`team:${teamId}`] : []), 'supervisors']
  })
  return rooms.includes('workspace') ? ['workspace'] : [...new Set(rooms)]
}
