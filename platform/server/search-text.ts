const FORMATTED_NUMBER = /^[+\d][\d\s().-]{4,}$/
const RUSSIAN_LENGTH = 11

/**
 * A number as people write it (`8 (912) 345-67-89`) is looked for by its digits, without the country's prefix: stored are `+79123456789`
 * and plain numbers.
 */
export function searchText(q: string): string {
  const text = q.trim()
  if (!FORMATTED_NUMBER.test(text)) return text
  const digits = text.replace(/\D/g, '')
  return digits.length === RUSSIAN_LENGTH && /^[78]/.test(digits) ? digits.slice(1) : digits
}
