/** Words that say what a company is in law, not who it is. */
const FORMS = new Set(
  (
    'ооо оао зао ао пао ип чп тоо нко ано фгуп гуп муп гбоу мбоу маоу мбу гбу чоу тд гк ук ' +
    'общество ограниченной ответственностью акционерное публичное закрытое открытое индивидуальный предприниматель ' +
    'llc ltd inc corp gmbh co company group группа компаний компания торговый дом'
  ).split(' '),
)
/** Only between words of a form: «с ограниченной ответственностью». */
const JOINTS = new Set(['с', 'и', 'the', 'of'])

/**
 * What two ways to write the name of one company have in common: without quotes, legal form, case and the difference of `ё` and `е`. Words keep
 * their order. A name of nothing but such words stays as it is.
 */
export function companyNameKey(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const own = words.filter((word) => !FORMS.has(word) && !JOINTS.has(word))
  return (own.length > 0 ? own : words).join(' ')
}
