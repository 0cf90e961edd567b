import type { ConversationPatch } from '#modules/inbox/contract'
import type { AccountKey, OperatorKey } from './cast.ts'
import type { PersonKey } from './people.ts'

/** Who says a line; a note stays among colleagues. */
export type Speaker = 'customer' | OperatorKey | `${OperatorKey} note`

/** Minutes after the first line. */
export type Line = readonly [afterMinutes: number, who: Speaker, text: string]

export interface DemoTalk {
  readonly person: PersonKey
  readonly via: AccountKey
  /** Working days back and the time of day in Perm's office hours (Moscow time), or minutes before now. */
  readonly start: { readonly day: number; readonly at: string } | { readonly minutesAgo: number }
  readonly subject?: string
  /** The first line is the customer's. */
  readonly lines: readonly Line[]
  readonly owner?: OperatorKey
  readonly end: 'open' | 'waiting' | 'snoozed' | 'closed'
  readonly tags?: readonly string[]
  readonly priority?: NonNullable<ConversationPatch['priority']>
  /** What else stood in the form. */
  readonly fields?: Readonly<Record<string, string>>
  /** Page on which the chat or form was. */
  readonly page?: string
}
