/** A row as it goes into a file: a cell is a text, a number or empty. */
export type Cells = readonly (string | number | null)[]

/** Writes a table in one format, piece by piece; nothing is kept in memory. */
export interface TableWriter {
  begin(headings: readonly string[]): string
  row(cells: Cells): string
  end(): string
}
