import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOurs, messageIdFor, messageIdsIn } from './message-id.ts'
import { replyAddress, tokenOf } from './reply-address.ts'

const key = new Uint8Array(32).fill(1)
const address = 'support@example.com'

test('a token comes back from its address, in any case, and from no other key', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uuid({ version: 7 }), fc.stringMatching(/^[\w.~-]{1,12}$/)), (token) => {
      const made = replyAddress({ address, key }, token) ?? ''

      expect(made).toMatch(/^support\+[0-9a-z]+@example\.com$/)
      expect(made.indexOf('@')).toBeLessThanOrEqual(64)
      expect(tokenOf(made, key)).toBe(token)
      expect(tokenOf(made.toUpperCase(), key)).toBe(token)
      expect(tokenOf(made, new Uint8Array(32))).toBeNull()
    }),
  )
})

test('an address changed in any letter is refused', () => {
  const made = replyAddress({ address, key }, '0199c0de-1111-7000-8000-000000000009') ?? ''
  const from = made.indexOf('+') + 1
  for (let i = from; i < made.indexOf('@'); i++) {
    const other = made[i] === '7' ? '8' : '7'
    expect(tokenOf(made.slice(0, i) + other + made.slice(i + 1), key)).toBeNull()
  }
})

test('a domain of its own, and no address rather than one that is too long', () => {
  expect(replyAddress({ address, key, replyDomain: 'r.example.com' }, 'abc')).toMatch(/^reply\+\w+@r\.example\.com$/)
  expect(replyAddress({ address, key }, 'x'.repeat(60))).toBeNull()
})

test('strangers cannot make an id look like ours', () => {
  const id = messageIdFor('0199c0de-2222-7000-8000-000000000001', { address, key })

  expect(isOurs(id, key)).toBe(true)
  expect(isOurs(id, new Uint8Array(32))).toBe(false)
  expect(isOurs(id.replace('2222', '2223'), key)).toBe(false)
})

test('ids are found in headers as programs write them', () => {
  expect(messageIdsIn('<a@b>\r\n\t<c@d> (comment) <a@b>')).toEqual(['a@b', 'c@d'])
  expect(messageIdsIn('a@b c@d')).toEqual(['a@b', 'c@d'])
  expect(messageIdsIn('"Your message of Friday"')).toEqual([])
  expect(messageIdsIn(undefined)).toEqual([])
})
