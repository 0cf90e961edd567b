/** Names one account before anything of it was loaded. */
export interface AccountRef {
  readonly workspaceId: string
  readonly accountId: string
}
