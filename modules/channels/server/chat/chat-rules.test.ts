import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAllowance } from './allowance.ts'
import { clientAddress } from './client-address.ts'
import { mimeOfAllowed } from './file-types.ts'

test('an allowance gives its burst at once and then its rate, to each key', () => {
  let nowMs = 0
  const allowance = createAllowance({ burst: 3, perSecond: 0.5 }, () => nowMs)

  expect([1, 2, 3, 4].map(() => allowance.take('a'))).toEqual([0, 0, 0, 2000])
  expect(allowance.take('b')).toBe(0)
  nowMs = 2000
  expect([allowance.take('a'), allowance.take('a')]).toEqual([0, 2000])
})

test('an allowance never gives more than burst + rate × time', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 3000 }), { maxLength: 200 }), (pauses) => {
      let nowMs = 0
      const allowance = createAllowance({ burst: 5, perSecond: 2 }, () => nowMs)
      let given = 0
      for (const pause of pauses) {
        nowMs += pause
        if (allowance.take('a') === 0) given++
      }
      expect(given).toBeLessThanOrEqual(5 + (nowMs / 1000) * 2 + 1e-6)
    }),
  )
})

test.each([
  ['203.0.113.9', undefined, '203.0.113.9'],
  ['::ffff:203.0.113.9', undefined, '203.0.113.9'],
  ['127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['10.0.0.2', '198.51.100.7, 192.168.1.4', '198.51.100.7'],
  // What the client itself wrote in front is not believed.
  ['127.0.0.1', '1.2.3.4, 198.51.100.7', '198.51.100.7'],
  ['203.0.113.9', '1.2.3.4', '203.0.113.9'],
  ['127.0.0.1', undefined, null],
  ['127.0.0.1', 'nonsense', null],
  // A household has 2⁶⁴ addresses of IPv6: they count as one.
  ['::1', '2001:db8::7', '2001:db8:0:0::/64'],
  ['::1', '2001:db8:1:2:ffff:0:192.0.2.1', '2001:db8:1:2::/64'],
])('behind own proxies, %s with %s is %s', (peer, forwarded, expected) => {
  expect(clientAddress(peer, forwarded)).toBe(expected)
})

test.each([
  ['фото.JPG', 'image/jpeg'],
  ['a.b.pdf', 'application/pdf'],
  ['page.html', null],
  ['run.exe', null],
  ['icon.svg', null],
  ['pdf', null],
  ['x.constructor', null],
  ['x.pdf.', null],
])('the type of %s is %s', (name, mime) => {
  expect(mimeOfAllowed(name)).toBe(mime)
})
