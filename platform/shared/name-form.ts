/** Longer ones are no names; the end of what somebody pasted there is not looked at. */
const MAX_NAME = 300

/**
 * A name as two of them are compared: small letters, `ё` as `е`, words in one order, as people and products write both "Петров, Иван" and "Иван Петров".
 * Empty for none.
 */
export const nameForm = (name: string): string =>
  name
    .slice(0, MAX_NAME)
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .toSorted()
    .join(' ')
