const LEADING = /^'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/u
const INSIDE = /([,;\t|\r\n] *)'(?=[=@+＝＠＋]|[-－][^\s\d-])/gu

/** A cell without the apostrophes by which a safe file keeps spreadsheets from computing it (export/safe-cell.ts): a file of ours comes back as it was. */
export const plainCell = (text: string): string => text.replace(LEADING, '').replaceAll(INSIDE, '$1')
