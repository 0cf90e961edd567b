import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { searchText } from '#platform/server/search-text'
import {
  type IdentityKey,
  identityKey,
  inLockOrder,
  normaliseEmail,
  normalisePhone,
  recognise,
  surest,
  withoutControls,
} from './identity.ts'
import { cleanName, standInName } from './person-name.ts'

const ACCOUNT = '0199aa00-0000-7000-8000-000000000001'
const kind = fc.constantFrom('email', 'phone', 'visitor', 'external', 'channel')
const anyText = fc.string({ unit: 'binary', maxLength: 600 })

describe('e-mail', () => {
  test.each([
    [' Ivan.Petrov@Example.RU ', 'ivan.petrov@example.ru'],
    ['<ivan@example.ru>', 'ivan@example.ru'],
    ['mailto:ivan@example.ru', 'ivan@example.ru'],
    ['info@xn--d1acufc.xn--p1ai', 'info@домен.рф'],
    ['Инфо@ДОМЕН.рф', 'инфо@домен.рф'],
    ['ivan@example.ru.', 'ivan@example.ru'],
  ])('%s is %s', (text, email) => {
    expect(normaliseEmail(text)).toBe(email)
  })

  test.each(['', 'ivan', 'ivan@', '@example.ru', 'a b@example.ru', 'a@b@c', `${'a'.repeat(250)}@example.ru`])(
    '"%s" is no address',
    (text) => {
      expect(normaliseEmail(text)).toBeNull()
    },
  )

  test('a normal form is its own normal form, whatever the case of the address', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        const normal = normaliseEmail(email)
        expect(normal).not.toBeNull()
        expect(normaliseEmail(normal ?? '')).toBe(normal)
        expect(normaliseEmail(email.toUpperCase())).toBe(normaliseEmail(email.toLowerCase()))
      }),
    )
  })
})

describe('phone', () => {
  test.each([
    ['8 (912) 345-67-89', '+79123456789'],
    ['+7 912 345 67 89', '+79123456789'],
    ['9123456789', '+79123456789'],
    ['7 912 3456789', '+79123456789'],
    ['8-800-555-35-35', '+78005553535'],
    ['+44 20 7946 0958', '+442079460958'],
    ['8 (912) 345-67-89 доб. 12', '+79123456789'],
  ])('%s is %s', (text, phone) => {
    expect(normalisePhone(text)).toBe(phone)
  })

  test.each(['', 'позвоните мне', '12', '+', 'ivan@example.ru'])('"%s" is no phone', (text) => {
    expect(normalisePhone(text)).toBeNull()
  })

  test('separators do not change a number', () => {
    const digits = fc.stringMatching(/^9\d{9}$/)
    const separators = fc.array(fc.constantFrom('', ' ', '-', ' (', ') '), { minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(digits, separators, (number, between) => {
        const written = [...number].map((digit, i) => `${between[i]}${digit}`).join('')
        expect(normalisePhone(`8${written}`)).toBe(`+7${number}`)
        expect(normalisePhone(`+7${written}`)).toBe(`+7${number}`)
      }),
    )
  })
})

describe('keys', () => {
  test('any text gives a key that the database can hold, or none', () => {
    fc.assert(
      fc.property(kind, anyText, (of, text) => {
        const key = identityKey(of, text, ACCOUNT)
        if (!key) return
        expect(key.value.length).toBeGreaterThan(0)
        expect(key.value.length).toBeLessThanOrEqual(500)
        expect(key.value.isWellFormed()).toBe(true)
        expect(withoutControls(key.value)).toBe(key.value)
        expect(identityKey(of, key.value, ACCOUNT)).toEqual(key)
      }),
    )
  })

  test('an e-mail and a phone mean the same at every account, other ids only at their own', () => {
    expect(identityKey('email', 'a@b.ru', ACCOUNT)?.scope).toBe('')
    expect(identityKey('phone', '89123456789', ACCOUNT)?.scope).toBe('')
    for (const of of ['visitor', 'external', 'channel'] as const)
      expect(identityKey(of, '42', ACCOUNT)?.scope).toBe(ACCOUNT)
  })

  test('everybody locks in one order', () => {
    const key = fc.record({ kind, scope: fc.constantFrom('', ACCOUNT), value: fc.string({ minLength: 1 }) })
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        expect(inLockOrder(keys.toReversed())).toEqual(inLockOrder(keys))
      }),
    )
  })
})

describe('who is recognised', () => {
  test('an address that was only typed proves nothing', () => {
    const { proven, claims } = recognise(ACCOUNT, {
      address: 'Ivan@Example.ru',
      identities: [
        { kind: 'email', value: 'ivan@example.ru', proven: false },
        { kind: 'phone', value: '8 912 345 67 89', proven: false },
      ],
    })

    expect(proven).toEqual([])
    expect(claims.map(({ value }) => value)).toEqual(['ivan@example.ru', '+79123456789'])
  })

  test('an id given out by the provider is an identity at that account', () => {
    const { proven } = recognise(ACCOUNT, {
      address: '123456',
      identities: [{ kind: 'phone', value: '+79123456789', proven: false }],
    })

    expect(proven).toEqual([{ kind: 'channel', scope: ACCOUNT, value: '123456' }])
  })

  test('a claimed identity never becomes a proven one, in whatever company it comes', () => {
    const identity = fc.record({
      kind: fc.constantFrom('email' as const, 'phone' as const, 'visitor' as const, 'external' as const),
      value: fc.oneof(fc.emailAddress(), fc.stringMatching(/^\+79\d{9}$/), fc.string()),
      proven: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(identity, { maxLength: 6 }), fc.nat(5), (identities, index) => {
        const address = identities[index]?.value ?? ''
        const { proven, claims } = recognise(ACCOUNT, { address, identities })
        const vouched = identities.filter((one) => one.proven).map((one) => identityKey(one.kind, one.value, ACCOUNT))
        for (const key of proven) if (key.kind !== 'channel') expect(vouched).toContainEqual(key)
        for (const key of claims) expect(proven).not.toContainEqual(key)
      }),
    )
  })

  test('the surest proven identity decides: channel, external, e-mail, phone, visitor', () => {
    const keys: IdentityKey[] = (['visitor', 'phone', 'email', 'external', 'channel'] as const).map((of) => ({
      kind: of,
      scope: '',
      value: of,
    }))
    fc.assert(
      fc.property(fc.shuffledSubarray(keys, { minLength: 1 }), (holders) => {
        const expected = ['channel', 'external', 'email', 'phone', 'visitor'].find((of) =>
          holders.some((h) => h.kind === of),
        )
        expect(surest(keys, holders)?.kind).toBe(expected)
      }),
    )
    expect(surest([], keys)).toBeNull()
  })
})

describe('names', () => {
  test.each([
    [[{ kind: 'email', scope: '', value: 'ivan.petrov@example.ru' }], 'ru', 'ivan.petrov'],
    [[{ kind: 'phone', scope: '', value: '+79123456789' }], 'ru', '+7 912 345 67 89'],
    [[{ kind: 'visitor', scope: ACCOUNT, value: 'v1' }], 'ru', /^Посетитель сайта [0-9A-F]{4}$/],
    [[{ kind: 'visitor', scope: ACCOUNT, value: 'v1' }], 'en', /^Site visitor [0-9A-F]{4}$/],
    [[], 'ru', 'Без имени'],
  ] as [IdentityKey[], 'ru' | 'en', string | RegExp][])('a stand-in is readable: %j', (keys, locale, name) => {
    expect(standInName(keys, locale)).toMatch(name)
  })

  test('what stood between two spaces leaves one', () => {
    expect(cleanName('Иван\t\0\tПетров')).toBe('Иван Петров')
  })

  test('whatever a sender calls themselves fits on one line and into the column', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = cleanName(text)
        if (name === null) return
        expect(name).not.toMatch(/[\n\r\0\u202e]/)
        expect(name.length).toBeLessThanOrEqual(300)
        expect(cleanName(name)).toBe(name)
      }),
    )
  })
})

test('a number is looked for by its digits, however it is written', () => {
  expect(searchText('8 (912) 345-67-89')).toBe('9123456789')
  expect(searchText('+7 912 345')).toBe('7912345')
  expect(searchText(' Иван ')).toBe('Иван')
  expect(searchText('ivan@example.ru')).toBe('ivan@example.ru')
})
