/**
 * Requisites of Russian organisations and entrepreneurs: which digits they have and whether the check digits agree. Pure, so that a form tells
 * at once what the server would.
 *
 * Sources: order of the Federal Tax Service ED-7-14/559 (INN, KPP), order of the Ministry of Finance 165n (OGRN, OGRNIP), Bank of Russia
 * 762-P (BIC) and 515 of 1997 (key of an account). Checked 2026-11.
 */
export interface Requisites {
  readonly inn: string | null
  readonly kpp: string | null
  readonly ogrn: string | null
  readonly bic: string | null
  readonly account: string | null
}

export const requisiteFields = ['inn', 'kpp', 'ogrn', 'bic', 'account'] as const
export type RequisiteField = (typeof requisiteFields)[number]

/** What is wrong with one of them, as a code for a sentence. */
export type RequisiteFault =
  | 'inn_length'
  | 'inn_check'
  | 'inn_check_two'
  | 'kpp_form'
  | 'kpp_of_entrepreneur'
  | 'ogrn_length'
  | 'ogrn_begin'
  | 'ogrn_check'
  | 'ogrn_of_other'
  | 'bic_form'
  | 'account_length'
  | 'account_bic'
  | 'account_check'

const ORGANISATION_INN = 10
const ENTREPRENEUR_INN = 12
const ORGANISATION_OGRN = 13
const ENTREPRENEUR_OGRN = 15

/** The faults of all that is given, at most one for each field; what is left empty has none. */
export function requisiteFaults(given: Requisites): Partial<Record<RequisiteField, RequisiteFault>> {
  const { inn, kpp, ogrn, bic, account } = given
  const faults: Partial<Record<RequisiteField, RequisiteFault | null>> = {
    inn: inn ? innFault(inn) : null,
    kpp: kpp ? kppFault(kpp, inn) : null,
    ogrn: ogrn ? ogrnFault(ogrn, inn) : null,
    bic: bic ? bicFault(bic) : null,
    account: account ? accountFault(account, bic) : null,
  }
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== null))
}

const areDigits = (text: string, count: number) => text.length === count && /^\d+$/.test(text)

function innFault(inn: string): RequisiteFault | null {
  if (areDigits(inn, ORGANISATION_INN)) return innDigit(inn.slice(0, -1)) === inn.at(-1) ? null : 'inn_check'
  if (!areDigits(inn, ENTREPRENEUR_INN)) return 'inn_length'
  const areRight = innDigit(inn.slice(0, 10)) === inn.at(10) && innDigit(inn.slice(0, 11)) === inn.at(11)
  return areRight ? null : 'inn_check_two'
}

const INN_WEIGHTS = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

/** The check digit that stands behind 9, 10 or 11 digits of an INN. */
export const innDigit = (digits: string): string =>
  String((weighed(digits, INN_WEIGHTS.slice(-digits.length)) % 11) % 10)

/** Digits 1–4: the tax office; 5–6: why it is registered there, digits or capital letters; 7–9: the number of the record. */
function kppFault(kpp: string, inn: string | null): RequisiteFault | null {
  if (!/^\d{4}[\dA-Z]{2}\d{3}$/.test(kpp)) return 'kpp_form'
  return inn?.length === ENTREPRENEUR_INN ? 'kpp_of_entrepreneur' : null
}

function ogrnFault(ogrn: string, inn: string | null): RequisiteFault | null {
  const isEntrepreneur = areDigits(ogrn, ENTREPRENEUR_OGRN)
  if (!isEntrepreneur && !areDigits(ogrn, ORGANISATION_OGRN)) return 'ogrn_length'
  // 1, 5: organisations and their records; 3: entrepreneurs.
  if (!(isEntrepreneur ? /^3/ : /^[15]/).test(ogrn)) return 'ogrn_begin'
  if (ogrnDigit(ogrn.slice(0, -1)) !== ogrn.at(-1)) return 'ogrn_check'
  const isOther = isEntrepreneur ? inn?.length === ORGANISATION_INN : inn?.length === ENTREPRENEUR_INN
  return isOther ? 'ogrn_of_other' : null
}

/** The check digit that stands behind 12 digits of an OGRN or 14 of an OGRNIP. */
export const ogrnDigit = (digits: string): string =>
  String((Number(digits) % (digits.length === ORGANISATION_OGRN - 1 ? 11 : 13)) % 10)

/** The first digit tells the kind of participant (0–2), the rest has no key. */
const bicFault = (bic: string): RequisiteFault | null => (/^[0-2]\d{8}$/.test(bic) ? null : 'bic_form')

function accountFault(account: string, bic: string | null): RequisiteFault | null {
  if (!areDigits(account, 20)) return 'account_length'
  if (!bic || bicFault(bic)) return 'account_bic'
  // Accounts of the treasury begin with 0 and are not opened in a bank: the key of banks says nothing of them.
  return account.startsWith('0') || accountSum(account, bic) % 10 === 0 ? null : 'account_check'
}

/** Divisible by ten when the ninth digit, the key, agrees with the bank and with the other digits. */
export function accountSum(account: string, bic: string): number {
  // Offices of the Bank of Russia end with 000–002 and are told by the digits of their region.
  const bank = /00[0-2]$/.test(bic) ? `0${bic.slice(4, 6)}` : bic.slice(-3)
  return [...(bank + account)].reduce((sum, digit, n) => sum + ((Number(digit) * ([7, 1, 3][n % 3] ?? 0)) % 10), 0)
}

const weighed = (digits: string, weights: readonly number[]) =>
  [...digits].reduce((sum, digit, n) => sum + Number(digit) * (weights[n] ?? 0), 0)
