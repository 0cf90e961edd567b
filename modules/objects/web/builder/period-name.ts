import type { Language } from '#platform/shared/objects/object'
import type { Operator, Period } from '#platform/shared/objects/operators'
import { texts } from '#platform/shared/objects/sentence-texts'

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

/** A period as it is chosen from a list: the words of the sentences, alone. */
export const periodName = (period: Period, language: Language): string => capital(texts[language].periods[period])

/** An operator as it is chosen from a list. A dash says nothing when it stands alone. */
export function operatorName(
  operator: Operator,
  { isTime, language }: { isTime: boolean; language: Language },
): string {
  const said = texts[language].operators[isTime ? 'time' : 'plain'][operator] ?? operator
  return said.replace(/^— ?/, '').replace(/:$/, '') || { en: 'is', ru: 'равно' }[language]
}
