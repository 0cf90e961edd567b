import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { expect, test } from 'vitest'
import { normalisePhone } from './phone.ts'

test('a number in a usual form is told as the library tells it', () => {
  const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`))
  const gap = fc.constantFrom('', ' ', '-')
  const parts = fc.tuple(
    fc.constantFrom('+7', '8', '7', '+8', ''),
    gap,
    digits(3),
    fc.boolean(),
    gap,
    digits(3),
    gap,
    digits(2),
    gap,
    digits(2),
  )
  fc.assert(
    fc.property(parts, ([prefix, a, code, isBracketed, b, three, c, two, d, last]) => {
      const written = `${prefix}${a}${isBracketed ? `(${code})` : code}${b}${three}${c}${two}${d}${last}`
      const phone = parsePhoneNumberFromString(written, 'RU')
      expect(normalisePhone(written), written).toBe(phone?.isPossible() ? phone.number : null)
    }),
    { numRuns: 2000 },
  )
})
