/** One thing that keeps somebody out. */
export interface Guard {
  /** Who or what is kept out: the first column of the table. Guards of one threat stand together. */
  readonly threat: string
  /** What the guard does, in a few words. */
  readonly guard: string
  readonly file: string
  /** Text of the file, and what is put there to take the guard away. */
  readonly remove: readonly [text: string, instead: string]
  /** How often the text stands there; once when left out. */
  readonly times?: number
  readonly test: string
  /** Part of the name of the test that fails; the whole file is run without it. */
  readonly name?: string
}
