import type { Tx } from './database.ts'

/** A person whose data is told, restricted or erased: every card that is shown as one, and everything that recognises them. */
export interface Subject {
  /** The card that is shown. */
  readonly personId: string
  /** All cards of the person, the shown one included. */
  readonly cards: readonly string[]
  readonly identities: readonly { readonly kind: string; readonly scope: string; readonly value: string }[]
  /** Addresses, numbers and full names: texts that name this person wherever they stand. In lower case. */
  readonly words: readonly string[]
}

/** Some of what is kept about a person, as it is given to them. */
export interface PersonalDataPage {
  /** What these are: `messages`. Pages of one name belong together. */
  readonly section: string
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** Files that belong to the rows. */
  readonly fileIds?: readonly string[]
}

/** How many rows of which table an erasure has emptied or removed. */
export type ErasedRows = Readonly<Record<string, number>>

/**
 * What one module keeps of people. Every table of the product is named by one of these, or stands in the list of those that hold nothing of a
 * person: a test compares both with the database, so that no table is forgotten.
 */
export interface PersonalDataPart {
  readonly name: string
  /** Tables that this part answers for, each with what an erasure does to its rows. */
  readonly tables: Readonly<Record<string, string>>
  /** Everything that is kept about the person, in portions. */
  tell(tx: Tx, subject: Subject): AsyncIterable<PersonalDataPage>
  /** Waits for what is about to write people and keeps it out until the transaction ends: said before any card is locked, or each would wait for the other. */
  keepOut?(tx: Tx): Promise<void>
  /** Empties or removes it in the caller's transaction. Numbers, moments and states that only count may stay. */
  erase(tx: Tx, subject: Subject, at: Date): Promise<ErasedRows>
  /** Stops what is under way for somebody who may not be written to any more. */
  restrict?(tx: Tx, subject: Subject, at: Date): Promise<void>
}
