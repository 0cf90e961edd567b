import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOperator } from '../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
beforeAll(async () => {
  okno = await testPlatform({ now: () => new Date('2026-11-20T10:00:00Z') })
})
afterAll(() => okno?.close())

const both = (text: string) => ({ en: text, ru: text })
const field = async (object: string, draft: Record<string, unknown>) => {
  const { status, body } = await okno.call('POST', `/objects/${object}/fields`, draft)
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}
const person = async (draft: Record<string, unknown>) => {
  const { status, body } = await okno.call('POST', '/people', draft)
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}
const namesOf = async (filter: unknown, sort = 'name') => {
  const { status, body } = await okno.call(
    'GET',
    `/people?sort=${sort}&filter=${encodeURIComponent(JSON.stringify(filter))}`,
  )
  expect(status, JSON.stringify(body)).toBe(200)
  return body.items.map(({ name }: { name: string }) => name)
}

test('a described field is checked on write, found by conditions and sorted by', async () => {
  await field('person', { key: 'size', type: 'number', label: { en: 'Shoe size', ru: 'Размер обуви' } })
  await person({ name: 'Size 41', custom: { size: 41 } })
  await person({ name: 'Size 38', custom: { size: 38 } })
  await person({ name: 'No size' })

  const refused = await okno.call('POST', '/people', { name: 'Wrong', custom: { size: 'large' } })

  expect(refused.status).toBe(422)
  expect(refused.body).toMatchObject({ code: 'objects.value_wrong', errors: [{ path: 'custom.size' }] })
  expect(await namesOf({ field: 'custom.size', op: 'gte', value: 40 })).toEqual(['Size 41'])
  expect(await namesOf({ field: 'name', op: 'contains', value: 'size' }, 'custom.size')).toEqual([
    'Size 38',
    'Size 41',
    'No size',
  ])
  expect(await namesOf({ field: 'name', op: 'contains', value: 'size' }, '-custom.size')).toEqual([
    'Size 41',
    'Size 38',
    'No size',
  ])
})

test('choices keep their keys when renamed; an archived one stays where it is and is not given anew', async () => {
  const options = [
    { key: 'gold', label: both('Gold') },
    { key: 'silver', label: both('Silver') },
  ]
  await field('person', { key: 'tier', type: 'choice', label: both('Tier'), options, default: 'silver' })
  const gold = await person({ name: 'Anna', custom: { tier: 'gold' } })
  const byDefault = await person({ name: 'Boris' })
  expect(byDefault.custom).toMatchObject({ tier: 'silver' })

  const removed = await okno.call('PATCH', '/objects/person/fields/custom.tier', { options: [options[1]] })
  const changed = await okno.call('PATCH', '/objects/person/fields/custom.tier', {
    options: [{ key: 'gold', label: both('Platinum'), isArchived: true }, options[1]],
  })

  expect(removed).toMatchObject({ status: 422, body: { code: 'objects.option_removed' } })
  expect(changed.status).toBe(200)
  expect(await namesOf({ field: 'custom.tier', op: 'eq', value: 'gold' })).toEqual(['Anna'])
  expect((await okno.call('PATCH', `/people/${gold.id}`, { custom: { tier: 'gold' } })).status).toBe(200)
  expect((await okno.call('PATCH', `/people/${byDefault.id}`, { custom: { tier: 'gold' } })).status).toBe(422)
})

test('a required field must be there, a unique value belongs to one, whoever writes at the same time', async () => {
  await field('company', { key: 'code', type: 'text', label: both('Code'), isRequired: true, isUnique: true })
  const create = (name: string, code: string | null) => okno.call('POST', '/companies', { name, custom: { code } })

  const without = await create('None', null)
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => create(name, 'X-1')))
  const folded = await create('e', 'x-1')

  expect(without.body.errors).toMatchObject([{ path: 'custom.code', code: 'objects.value_required' }])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
  expect(folded).toMatchObject({ status: 409, body: { code: 'objects.value_taken' } })
})

test('a formula is computed from other fields, and found and sorted by', async () => {
  await field('person', { key: 'price', type: 'money', label: both('Price') })
  await field('person', { key: 'born', type: 'date', label: both('Born') })
  await field('person', {
    key: 'discounted',
    type: 'formula',
    label: both('Discounted'),
    formula: 'if(custom.price > 1000, custom.price * 0.9, custom.price)',
  })
  await person({ name: 'Rich', custom: { price: { amount: 2000, currency: 'RUB' } } })
  await person({ name: 'Poor', custom: { price: { amount: 100, currency: 'RUB' } } })

  const broken = await okno.call('POST', '/objects/person/fields', {
    key: 'broken',
    type: 'formula',
    label: both('Broken'),
    formula: 'custom.price + name',
  })

  expect(await namesOf({ field: 'custom.discounted', op: 'eq', value: 1800 })).toEqual(['Rich'])
  expect(await namesOf({ field: 'custom.discounted', op: 'not_empty' }, 'custom.discounted')).toEqual(['Poor', 'Rich'])
  expect(broken).toMatchObject({ status: 422, body: { code: 'objects.formula_wrong', params: { at: 13 } } })
})

test('a formula is tried on a card before it is saved; what is wrong with it is said, and where', async () => {
  await field('person', { key: 'sum', type: 'number', label: both('Sum') })
  await field('person', { key: 'parts', type: 'number', label: both('Parts') })
  await field('person', { key: 'share', type: 'formula', label: both('Share'), formula: 'custom.sum / custom.parts' })
  const { id } = await person({ name: 'Divided', custom: { sum: 10, parts: 4 } })
  await person({ name: 'Newest', custom: { sum: 10, parts: 0 } })
  const check = async (formula: string, on?: string) =>
    (await okno.call('POST', '/objects/person/formulas/check', { formula, ...(on ? { id: on } : {}) })).body

  expect(await check('custom.sum / custom.parts', id)).toEqual({
    type: 'number',
    trial: { id, name: 'Divided', value: 2.5, given: { 'custom.sum': 10, 'custom.parts': 4 } },
    fault: null,
  })
  // Divided by zero: empty, and no error.
  expect((await check('custom.sum / custom.parts')).trial).toMatchObject({ name: 'Newest', value: null })
  expect((await check("if(custom.sum > 5, 'many', 'few')")).trial.value).toBe('many')
  for (const [formula, fault, at, params] of [
    ['custom.nothing + 1', 'unknown_field', 0, { key: 'custom.nothing' }],
    ['custom.sum + custom.share', 'unfit_field', 13, { key: 'custom.share' }],
    ['custom.sum + name', 'wrong_type', 11, { wanted: 'number', given: 'text' }],
    ['sum(custom.sum)', 'unknown_function', 0, { name: 'sum' }],
    ['round(custom.sum)', 'wrong_count', 0, { name: 'round', count: 2 }],
    ['custom.sum +', 'value_expected', 12, {}],
    ['(custom.sum', 'closing_expected', 11, {}],
    ['custom.sum 5', 'unexpected', 11, { word: '5' }],
    ['custom.sum + #', 'unknown_sign', 13, { sign: '#' }],
    ['', 'value_expected', 0, {}],
  ] as const)
    expect(await check(formula)).toMatchObject({ type: null, trial: null, fault: { fault, at, params } })
  expect((await okno.call('GET', `/objects/person/values?ids=${id}&fields=custom.share`)).body.items).toMatchObject([
    { values: { 'custom.share': 2.5 } },
  ])
})

test('records of a custom object refer to people, and people are found by them', async () => {
  const made = await okno.call('POST', '/objects', {
    key: 'pet',
    label: { one: both('Pet'), many: both('Pets') },
  })
  expect(made).toMatchObject({ status: 201, body: { key: 'custom.pet', isCustom: true } })
  await field('custom.pet', { key: 'keeper', type: 'reference', target: 'person', label: both('Keeper') })
  await field('custom.pet', { key: 'weight', type: 'number', label: both('Weight') })
  const keeper = await person({ name: 'Keeper of a dog' })
  await person({ name: 'Keeper of nothing' })
  const record = await okno.call('POST', '/objects/custom.pet/records', {
    name: 'Rex',
    custom: { keeper: keeper.id, weight: 30 },
  })
  expect(record.status, JSON.stringify(record.body)).toBe(201)
  const nobody = await okno.call('POST', '/objects/custom.pet/records', {
    name: 'Stray',
    custom: { keeper: record.body.id },
  })

  const heavy = { field: 'custom.weight', op: 'gt', value: 20 }
  const keepers = { field: 'name', op: 'starts', value: 'Keeper' }
  expect(await namesOf({ relation: 'custom.pet.keeper', where: heavy })).toEqual(['Keeper of a dog'])
  expect(await namesOf({ all: [keepers, { relation: 'custom.pet.keeper', count: { op: 'eq', value: 0 } }] })).toEqual([
    'Keeper of nothing',
  ])
  const filter = encodeURIComponent(JSON.stringify({ relation: 'custom.keeper', where: keepers }))
  expect((await okno.call('GET', `/objects/custom.pet/records?filter=${filter}`)).body.items).toMatchObject([
    { name: 'Rex', custom: { weight: 30 } },
  ])
  expect(nobody.body.errors).toMatchObject([{ path: 'custom.keeper', code: 'objects.reference_unknown' }])

  await okno.call('PATCH', `/objects/custom.pet/records/${record.body.id}`, { isArchived: true })
  expect(await namesOf({ relation: 'custom.pet.keeper' })).toEqual([])
})

test('an unfitting condition is answered with every mistake at its place', async () => {
  const { body } = await okno.call('POST', '/conditions/check', {
    object: 'person',
    condition: {
      all: [
        { field: 'shoes', op: 'eq', value: 1 },
        { field: 'city', op: 'gt', value: 'A' },
        { field: 'createdAt', op: 'last', value: { amount: -1, unit: 'day' } },
        { any: [{ relation: 'conversations', where: { field: 'status', op: 'eq', value: 'lost' } }] },
      ],
    },
  })

  expect(body.problems.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual([
    ['/all/0/field', 'objects.unknown_field'],
    ['/all/1/op', 'objects.wrong_operator'],
    ['/all/2/value/amount', 'objects.wrong_value'],
    ['/all/3/any/0/where/value', 'objects.wrong_value'],
  ])
  const deep = Array.from({ length: 20 }).reduce((inner) => ({ not: inner }), { field: 'name', op: 'empty' })
  const refused = await okno.call('POST', '/conditions/count', { object: 'person', condition: deep })
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ code: 'objects.too_deep' }] } })
})

test('a condition is counted, said in words, and explained for one person', async () => {
  const moscow = await person({ name: 'From Tver', city: 'Тверь', stage: 'customer' })
  const condition = {
    all: [
      { field: 'city', op: 'eq', value: 'тверь' },
      { not: { field: 'stage', op: 'eq', value: 'lead' } },
      { behaviour: 'inbox.wrote', count: { op: 'eq', value: 0 }, within: { last: { amount: 30, unit: 'day' } } },
    ],
  }

  const count = await okno.call('POST', '/conditions/count', { object: 'person', condition })
  const { body } = await okno.call('POST', '/conditions/check', { object: 'person', condition })
  const why = await okno.call('POST', '/conditions/why', { object: 'person', condition, id: moscow.id })

  expect(count.body).toEqual({ count: 1, precision: 'exact' })
  expect(body.sentence.en).toBe('City is «тверь» and not (Stage is Lead) and Wrote to us: never in the last 30 days')
  expect(body.sentence.ru).toBe('Город — «тверь» и не (Стадия — Лид) и Писал нам: ни разу за 30 дней')
  expect(why.body).toEqual({
    isTrue: true,
    parts: [
      { pointer: '', isTrue: true },
      { pointer: '/all/0', isTrue: true },
      { pointer: '/all/1', isTrue: true },
      { pointer: '/all/1/not', isTrue: false },
      { pointer: '/all/2', isTrue: true },
    ],
  })
})

test('a field above the role is unknown to it: not described, not answered, not asked, not written', async () => {
  await field('person', {
    key: 'secret',
    type: 'text',
    label: both('Secret'),
    rights: { read: 'administrator', edit: 'administrator' },
  })
  const known = await person({ name: 'With secret', custom: { secret: 'x' } })
  const { call: asOperator } = await anOperator(okno)

  const described = await asOperator('GET', '/objects/person')
  const card = await asOperator('GET', `/people/${known.id}`)
  const asked = await asOperator('POST', '/conditions/count', {
    object: 'person',
    condition: { field: 'custom.secret', op: 'eq', value: 'x' },
  })
  const written = await asOperator('PATCH', `/people/${known.id}`, { custom: { secret: 'y' } })
  const managed = await asOperator('POST', '/objects', { label: { one: both('X'), many: both('X') } })

  expect(described.body.fields.map(({ key }: { key: string }) => key)).not.toContain('custom.secret')
  expect(card.body.custom).not.toHaveProperty('secret')
  expect(asked).toMatchObject({ status: 422, body: { errors: [{ code: 'objects.unknown_field' }] } })
  expect(written).toMatchObject({ status: 422, body: { errors: [{ code: 'objects.field_forbidden' }] } })
  expect(managed.status).toBe(403)
  const stored = await okno.platform.transaction(okno.workspaceId, (tx) =>
    tx.db.selectFrom('customers.people').select('custom').where('id', '=', known.id).executeTakeFirstOrThrow(),
  )
  expect(stored.custom).toMatchObject({ secret: 'x' })
})

test('a described field keeps its key when renamed, and takes up values from before it was described', async () => {
  const early = await person({ name: 'Early', custom: { source_word: 'friend' } })

  const added = await field('person', { type: 'text', label: { en: 'Source word', ru: 'Откуда узнали' } })
  await okno.call('PATCH', '/objects/person/fields/custom.source_word', { label: both('How they heard of us') })

  expect(added.fields.map(({ key }: { key: string }) => key)).toContain('custom.source_word')
  expect(early.custom).toEqual({ source_word: 'friend', tier: 'silver' })
  expect(await namesOf({ field: 'custom.source_word', op: 'eq', value: 'FRIEND' })).toEqual(['Early'])
})
