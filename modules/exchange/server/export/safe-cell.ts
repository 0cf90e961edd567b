/**
 * A cell of a CSV file that no spreadsheet takes for a formula.
 *
 * Spreadsheets compute cells that begin with `=`, `+`, `-`, `@` (also in their full-width forms), a tab or a line break: a customer who calls himself
 * `=HYPERLINK(…)` would send data of the sheet away. Such a cell gets an apostrophe in front, which is shown, as OWASP recommends.
 *
 * Left as they are: numbers, and phones in the form `+79123456789`, alone or several with commas. They hold nothing that could be computed, Excel shows
 * them as numbers, and a phone with an apostrophe could be neither called nor imported. `+7(912)…` is not of that form and is guarded.
 *
 * The same holds behind a delimiter or a line break inside the text: a file with `,` that is opened with `;` falls apart there, quotes or not. A hyphen
 * counts there only before a letter or bracket, so that lists (`- milk`) and negative numbers keep their look.
 */
export function safeCell(text: string): string {
  if (HARMLESS.test(text)) return text
  const inside = text.replaceAll(/([,;\t|\r\n] *)(?=[=@+＝＠＋]|[-－][^\s\d-])/gu, "$1'")
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(inside) ? `'${inside}` : inside
}

const HARMLESS = /^(?:-?\d+(?:[.,]\d+)?|\+\d{5,15}(?:, \+\d{5,15})*)$/
