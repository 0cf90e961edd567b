import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountSum, innDigit, ogrnDigit, type Requisites, requisiteFaults } from '../contract/requisites.ts'

const none: Requisites = { inn: null, kpp: null, ogrn: null, bic: null, account: null }
const faults = (given: Partial<Requisites>) => requisiteFaults({ ...none, ...given })
const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`))
const organisation = digits(9).map((text) => text + innDigit(text))
const entrepreneur = digits(10).map((text) => {
  const eleven = text + innDigit(text)
  return eleven + innDigit(eleven)
})
const slip = (text: string, at: number, by: number) =>
  text.slice(0, at) + String((Number(text[at]) + by) % 10) + text.slice(at + 1)

describe('requisites', () => {
  test('of real organisations agree with their check digits', () => {
    // Published by their holders.
    expect(faults({ inn: '7707083893', kpp: '773601001', ogrn: '1027700132195', bic: '044525225' })).toEqual({})
    expect(faults({ inn: '500100732259' })).toEqual({})
    expect(faults({ ogrn: '304500116000157' })).toEqual({})
  })

  test('made by the rule are right, whatever the digits', () => {
    fc.assert(
      fc.property(organisation, entrepreneur, digits(11), digits(13), (inn, personal, eleven, thirteen) => {
        const ogrn = `1${eleven}`
        const ogrnip = `3${thirteen}`
        expect(faults({ inn, ogrn: ogrn + ogrnDigit(ogrn) })).toEqual({})
        expect(faults({ inn: personal, ogrn: ogrnip + ogrnDigit(ogrnip) })).toEqual({})
      }),
      { numRuns: 200 },
    )
  })

  test('with one wrong digit are hardly ever right, and never when the check digit itself is wrong', () => {
    fc.assert(
      fc.property(organisation, fc.integer({ min: 1, max: 9 }), (inn, by) => {
        expect(faults({ inn: slip(inn, 9, by) })).toEqual({ inn: 'inn_check' })
      }),
      { numRuns: 200 },
    )
    const slips = fc.sample(fc.tuple(organisation, fc.nat(8), fc.integer({ min: 1, max: 9 })), {
      numRuns: 2000,
      seed: 7,
    })
    const missed = slips.filter(([inn, at, by]) => Object.keys(faults({ inn: slip(inn, at, by) })).length === 0)
    // The rest 10 of a division by 11 is written as 0: about one slip in eleven of that kind is not seen.
    expect(missed.length / slips.length).toBeLessThan(0.03)
  })

  test('of an account agree with the bank it is in', () => {
    fc.assert(
      fc.property(digits(19), digits(6), fc.integer({ min: 50, max: 999 }), (rest, region, bank) => {
        const bic = `04${region.slice(0, 4)}${String(bank).padStart(3, '0')}`
        const begin = `4${rest.slice(1, 8)}`
        const keys = [...'0123456789'].map((key) => `${begin}${key}${rest.slice(8)}`)
        const right = keys.filter((account) => accountSum(account, bic) % 10 === 0)
        expect(right).toHaveLength(1)
        for (const account of keys)
          expect(faults({ bic, account })).toEqual(account === right[0] ? {} : { account: 'account_check' })
      }),
      { numRuns: 100 },
    )
  })

  test.each([
    [{ inn: '123' }, { inn: 'inn_length' }],
    [{ inn: '770708389a' }, { inn: 'inn_length' }],
    [{ inn: '500100732250' }, { inn: 'inn_check_two' }],
    [{ kpp: '77360100' }, { kpp: 'kpp_form' }],
    [{ kpp: '7736AB001' }, {}],
    [{ inn: '500100732259', kpp: '773601001' }, { kpp: 'kpp_of_entrepreneur' }],
    [{ ogrn: '10277001321955' }, { ogrn: 'ogrn_length' }],
    [{ ogrn: '4027700132195' }, { ogrn: 'ogrn_begin' }],
    [{ ogrn: '1027700132196' }, { ogrn: 'ogrn_check' }],
    [{ inn: '500100732259', ogrn: '1027700132195' }, { ogrn: 'ogrn_of_other' }],
    [{ bic: '944525225' }, { bic: 'bic_form' }],
    [{ account: '4060281070000000002' }, { account: 'account_length' }],
    [{ account: '40602810700000000025' }, { account: 'account_bic' }],
    [{ account: '03100643000000017300', bic: '004525988' }, {}],
  ] as const)('%o has the faults %o', (given, expected) => {
    expect(faults(given)).toEqual(expected)
  })
})
