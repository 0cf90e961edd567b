/** Longest name of an operator that is looked at; longer ones are no names. */
const OPERATOR_NAME = 100

/** A name or an e-mail of an operator as it is compared: small letters, `ё` as `е`, words in any order, as products write "Петров Иван" and "Иван Петров". */
export const operatorForm = (name: string): string =>
  name
    .slice(0, OPERATOR_NAME)
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .toSorted()
    .join(' ')
