/** A file as a product writes it: its headings in their order, what stands in a row, and what each heading fills; the others are left out. */
export interface Variant {
  readonly preset: string
  readonly of?: 'company'
  readonly headings: string
  readonly row: Readonly<Record<string, readonly [value: string, target: string | null]>>
}
