import type { Evidence, IdentityKey } from '../identity.ts'
import { identityKey, keyText } from '../identity.ts'
import type { PersonFields } from '../people.queries.ts'
import type { Custom } from '../tables.ts'

/** Fields of a card that a row may fill; identities, companies and custom values stand beside them. */
export type RowFields = Partial<Omit<PersonFields, 'custom' | 'nameIsStandIn'>>

/** One person as a list names them. Nothing in it is empty: what a list leaves out it says nothing about. */
export interface PersonRow {
  readonly fields: RowFields
  readonly emails: readonly string[]
  readonly phones: readonly string[]
  /** Numbers of this customer, the company's own or those of a product (`contract/external-ids.ts`). */
  readonly externalIds: readonly string[]
  readonly custom: Custom
  readonly company: {
    readonly name: string | null
    readonly inn: string | null
    readonly position: string | null
  } | null
  /** The card itself, by its id. */
  readonly id: string | null
}

/** By what a row and a card are the same person. `null` = every row is somebody new. */
export type RowKey = 'email' | 'phone' | 'external' | 'id' | { readonly uniqueField: string } | null

/** How rows are taken in. */
export interface ImportHow {
  readonly importId: string
  readonly key: RowKey
  /** What becomes of a card that is known: its fields are replaced, only empty ones are filled, or it stays as it is. */
  readonly onMatch: 'update' | 'fill' | 'skip'
  /** The administrator answers for it that e-mails and phones belong to these people: they count as proven. */
  readonly isProven: boolean
  /** Says what would become of the rows, and changes nothing. */
  readonly isDry: boolean
}

/** One field of a card before and after. */
export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** Another card with which a row has an identity in common. */
export interface RowLikeness {
  readonly personId: string
  readonly name: string
  readonly kind: string
  readonly value: string
}

/** Why a row is refused: a problem of one field, or of the whole row. */
export interface RowReason {
  readonly code: string
  readonly field?: string
  readonly params?: Readonly<Record<string, string>>
}

/** What became, or would become, of one row. What is needed to take it back is in it. */
export type RowOutcome =
  | { readonly kind: 'refused'; readonly reasons: readonly RowReason[] }
  | {
      readonly kind: 'created' | 'changed' | 'same'
      /** Of the card; of one that is not made yet, too. */
      readonly id: string
      readonly name: string
      /** By what the card was found; null for a new one. */
      readonly by: { readonly kind: string; readonly value: string } | null
      readonly changes: readonly FieldChange[]
      /** When the card was changed last before this, ISO; null for a new one. */
      readonly changedBefore: string | null
      /** Identities that the card did not have. */
      readonly added: readonly (Pick<IdentityKey, 'kind' | 'value'> & { readonly proven: boolean })[]
      /** Claims of the card that are proven from here on. */
      readonly proven: readonly Pick<IdentityKey, 'kind' | 'value'>[]
      readonly company: {
        readonly id: string
        readonly name: string
        readonly isNew: boolean
        readonly isNewPlace: boolean
      } | null
      readonly alike: readonly RowLikeness[]
    }

const known = new WeakMap<PersonRow, readonly IdentityKey[]>()

/** All identities of a row, each once. Asked when rows are divided and again when they are taken in, so they are read only once. */
export function keysOf(row: PersonRow): readonly IdentityKey[] {
  const keys = known.get(row) ?? readKeys(row)
  known.set(row, keys)
  return keys
}

function readKeys({ emails, phones, externalIds }: PersonRow): IdentityKey[] {
  const keys = new Map<string, IdentityKey>()
  const add = (kind: 'email' | 'phone' | 'external', values: readonly string[]) => {
    for (const value of values) {
      const key = identityKey(kind, value, '')
      if (key) keys.set(keyText(key), key)
    }
  }
  add('email', emails)
  add('phone', phones)
  add('external', externalIds)
  return [...keys.values()]
}

export const evidenceOfImport = (importId: string, operatorId: string | null, at: Date): Evidence => ({
  source: 'import',
  at: at.toISOString(),
  importId,
  operatorId,
})
