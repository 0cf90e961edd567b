/** Roles from the least to the most: each may do what the one before may. */
export const roles = ['operator', 'supervisor', 'administrator'] as const
export type Role = (typeof roles)[number]

/** Who acts: an operator through the window or an API key, or Okno itself (`system`). */
export interface Actor {
  readonly workspaceId: string
  /** Null for Okno itself. */
  readonly operatorId: string | null
  readonly name: string
  readonly role: Role | 'system'
  readonly teamIds: readonly string[]
  /** Set for a key that is for these tools: it opens no other route. */
  readonly onlyTools?: readonly string[] | undefined
  /** True when the actor's role holds the permission, such as `inbox.reply`. */
  can(permission: string): boolean
}

/** Okno acting by itself in one workspace: routing, timers, demo data. */
export const systemActor = (workspaceId: string): Actor => ({
  workspaceId,
  operatorId: null,
  name: 'Okno',
  role: 'system',
  teamIds: [],
  can: () => true,
})
