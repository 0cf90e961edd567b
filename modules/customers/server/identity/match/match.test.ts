import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockKeys } from './block-keys.ts'
import { compare, FIELDS, type Field } from './comparisons.ts'
import { likeness, mistakes } from './edits.ts'
import { fold, skeleton } from './letters.ts'
import { mailbox } from './mailbox.ts'
import { ASSUMED, judge, weigh } from './model.ts'
import { readName } from './person-words.ts'
import { prepare } from './prepare.ts'
import { type Address, EMPTY_PROFILE, type Profile } from './profile.ts'

const address = (value: string): Address => ({ value, trusted: true, shared: false })
const person = (name: string, more: Partial<Profile> = {}): Profile => ({
  ...EMPTY_PROFILE,
  ...readName(name),
  ...more,
})
const compared = (a: Profile, b: Profile) => compare(prepare(a), prepare(b))
const level = (a: Profile, b: Profile, field: Field) => compared(a, b).levels[FIELDS.indexOf(field)]
const probability = (a: Profile, b: Profile) => judge(ASSUMED, weigh(ASSUMED, compared(a, b))).probability

test.each([
  ['Иванов Иван Иванович', { surname: 'иванов', given: 'иван', patronymic: 'иванович' }],
  ['Мария Сергеевна', { surname: null, given: 'мария', patronymic: 'сергеевна' }],
  ['Анна Петровна Щукина', { surname: 'щукина', given: 'анна', patronymic: 'петровна' }],
  ['Dmitry Shchukin', { surname: 'shchukin', given: 'dmitry', patronymic: null }],
  ['Smith, John', { surname: 'smith', given: 'john', patronymic: null }],
  ['Петров И.', { surname: 'петров', given: 'и', patronymic: null }],
  ['Саша', { surname: null, given: 'саша', patronymic: null }],
  ['Клиент 042', { surname: null, given: 'клиент', patronymic: null }],
  ['', { surname: null, given: null, patronymic: null }],
])('%s is read part by part', (name, parts) => {
  expect(readName(name)).toEqual(parts)
})

test.each([
  ['Щукин', 'Shchukin', 'Schukin'],
  ['Дмитрий', 'Dmitry', 'Dmitriy', 'Dmitrij', 'Dmitrii'],
  ['Юлия', 'Yulia', 'Iuliia', 'Julija', 'Yuliya'],
  ['Семён', 'Семен', 'Semyon', 'Semen'],
  ['Хохлов', 'Khokhlov', 'Hohlov'],
  ['Александр', 'Alexandr', 'Aleksandr'],
  ['Цветаева', 'Tsvetaeva', 'Tzvetaeva'],
])('%s is one word in all its spellings', (...spellings) => {
  expect(new Set(spellings.map((word) => skeleton(fold(word)))).size).toBe(1)
})

test.each([
  ['Саша Петров', 'Петров Александр', 'given', 'spelling'],
  ['Александра Попова', 'Саша Попова', 'given', 'spelling'],
  ['Ivan Petrov', 'Иван Петров', 'surname', 'spelling'],
  ['Иван Петров', 'Ивн Петров', 'given', 'typo'],
  ['Иван Соколовский', 'Иван Соколвоский', 'surname', 'typo'],
  ['Иван Петров', 'И. Петров', 'given', 'initial'],
  ['Петров Игорь', 'Петрова Ирина', 'surname', 'different'],
  ['Александр Белов', 'Александра Белова', 'given', 'different'],
  ['Пётр Котов', 'Петр Котов', 'given', 'exact'],
  ['Bill Gates', 'William Gates', 'given', 'spelling'],
] as const)('%s and %s: %s is %s', (a, b, field, wanted) => {
  expect(level(person(a), person(b), field)).toBe(wanted)
  expect(level(person(b), person(a), field)).toBe(wanted)
})

test('swapped parts of a name agree, a little less than straight ones', () => {
  const [straight, swapped] = [
    { ...EMPTY_PROFILE, given: 'лачлан', surname: 'берри' },
    { ...EMPTY_PROFILE, given: 'берри', surname: 'лачлан' },
  ]
  expect(compared(straight, swapped).levels.slice(0, 2)).toEqual(['spelling', 'spelling'])
})

test.each([
  ['Ivan.Petrov+shop@gmail.com', 'ivanpetrov@googlemail.com'],
  ['i-petrov@ya.ru', 'i.petrov@yandex.ru'],
  ['anna+1@firma.test', 'anna@firma.test'],
])('%s and %s are one box', (a, b) => {
  expect(mailbox(a)).toBe(mailbox(b))
  expect(level(person('', { emails: [address(a)] }), person('', { emails: [address(b)] }), 'email')).toBe('box')
})

test.each([
  ['1985-04-08', '1985-04-08', 'exact'],
  ['1985-04-08', '1985-08-04', 'swapped'],
  ['1985-04-08', '1985-04-09', 'typo'],
  ['1985-04-08', '1971-12-30', 'different'],
])('birthdays %s and %s: %s', (a, b, wanted) => {
  expect(level(person('', { birthday: a }), person('', { birthday: b }), 'birthday')).toBe(wanted)
})

test.each([
  ['ул. Ленина, д. 5, кв. 12', 'Ленина 5-12', 'exact'],
  ['2424 W Touhy Ave', '2424 West Touhy', 'exact'],
  ['ул. Ленина, д. 5, кв. 12', 'ул. Ленина, д. 7, кв. 40', 'different'],
])('addresses %s and %s: %s', (a, b, wanted) => {
  expect(level(person('', { address: a }), person('', { address: b }), 'address')).toBe(wanted)
})

test('a role mailbox and a shared phone say nothing about who it is', () => {
  const office = { emails: [address('info@firma.test')], phones: [{ ...address('+79120000001'), shared: true }] }
  expect(level(person('Иван Петров', office), person('Ольга Белова', office), 'email')).toBeNull()
  expect(level(person('Иван Петров', office), person('Ольга Белова', office), 'phone')).toBeNull()
})

test('a mailbox named after its owner says no more than the name does', () => {
  const [a, b] = [
    person('Марк Иванов', { emails: [address('mark.ivanov@mail.ru')] }),
    person('Марк Иванов', { emails: [address('mark.ivanov@bk.ru')] }),
  ]
  expect(level(a, b, 'email')).toBeNull()
})

test('mailboxes that are counted through are of several people', () => {
  const one = person('Анна', { emails: [address('operator11@firma.test')] })
  const levelOf = (email: string) => level(one, person('Анна', { emails: [address(email)] }), 'email')
  expect(levelOf('operator12@firma.test')).toBe('different')
  expect(levelOf('operator11@other.test'), 'one box at two houses').toBe('local')
  expect(levelOf('operatpr11@firma.test')).toBe('typo')
})

test('one phone and one name are one person; one phone and two names are not', () => {
  const phones = [address('+79120000001')]
  expect(probability(person('Анна Белова', { phones }), person('Аня Белова', { phones }))).toBeGreaterThan(0.99)
  expect(probability(person('Анна Белова', { phones }), person('Игорь Белов', { phones }))).toBeLessThan(0.5)
  expect(probability(person('Анна Белова'), person('Игорь Котов'))).toBeLessThan(0.001)
})

const words = fc.constantFrom(
  'Иван',
  'Ivan',
  'Петров',
  'Petrova',
  'Саша',
  'Ё',
  '+7',
  '  ',
  'О’Нил',
  '🙂',
  'von',
  'Иванович',
  'x',
)
const anybody = fc.record({
  name: fc.array(words, { maxLength: 4 }).map((list) => list.join(' ')),
  phone: fc.option(fc.stringMatching(/^\+?\d{3,12}$/)),
  email: fc.option(fc.constantFrom('a@b.test', 'info@b.test', 'long.name@gmail.com', 'longname+x@gmail.com')),
  birthday: fc.option(fc.constantFrom('1980-01-02', '1980-02-01', '1980-01-03')),
  address: fc.option(fc.string({ maxLength: 20 })),
})
const profileOf = ({
  name,
  phone,
  email,
  birthday,
  address: line,
}: {
  name: string
  phone: string | null
  email: string | null
  birthday: string | null
  address: string | null
}) =>
  person(name, {
    phones: phone ? [address(phone)] : [],
    emails: email ? [address(email)] : [],
    birthday,
    address: line,
  })

test('comparing is symmetric, and whoever is the same in every field is never contradicted', () => {
  fc.assert(
    fc.property(anybody, anybody, (one, other) => {
      const [a, b] = [profileOf(one), profileOf(other)]
      expect(probability(a, b)).toBeCloseTo(probability(b, a), 9)
      expect(compared(a, a).levels.every((found) => found === null || found === 'exact')).toBe(true)
      expect(blockKeys(prepare(a)).every((key) => Number.isSafeInteger(key) && key >= 0)).toBe(true)
    }),
    { numRuns: 150 },
  )
})

/** The definition itself: what is left of the last letters, in every way that they may have come about. */
function plainMistakes(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const [shortA, shortB] = [a.slice(0, -1), b.slice(0, -1)]
  const ways = [
    plainMistakes(shortA, b) + 1,
    plainMistakes(a, shortB) + 1,
    plainMistakes(shortA, shortB) + (a.at(-1) === b.at(-1) ? 0 : 1),
  ]
  const isSwapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)
  return Math.min(...ways, ...(isSwapped ? [plainMistakes(a.slice(0, -2), b.slice(0, -2)) + 1] : []))
}

test('mistakes are counted as they are defined, up to the limit', () => {
  const text = fc.string({ maxLength: 6, unit: fc.constantFrom('а', 'б', 'в') })
  fc.assert(
    fc.property(text, text, fc.integer({ min: 1, max: 3 }), (a, b, limit) => {
      expect(mistakes(a, b, limit)).toBe(Math.min(plainMistakes(a, b), limit + 1))
    }),
    { numRuns: 300 },
  )
})

test('mistakes and likeness agree on equality, are symmetric and stay within bounds', () => {
  const text = fc.string({ maxLength: 8, unit: fc.constantFrom('а', 'б', 'в', 'г') })
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(mistakes(a, b, 8)).toBe(mistakes(b, a, 8))
      expect(mistakes(a, b, 8) === 0).toBe(a === b)
      expect(mistakes(a, b, 8)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length))
      expect(likeness(a, b)).toBeGreaterThanOrEqual(0)
      expect(likeness(a, b)).toBeLessThanOrEqual(1)
    }),
    { numRuns: 200 },
  )
})
