/** A contract type as it travels in JSON: every date is an ISO 8601 string. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T

/** One page of a list, as it travels. */
export interface WirePage<Item> {
  items: Wire<Item>[]
  nextCursor: string | null
}
