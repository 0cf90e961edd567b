import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { freshDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Database, openDatabase } from './database.ts'
import { forgetFound } from './personal-data.queries.ts'
import { indexManyForSearch, type Placed, search } from './search.queries.ts'

const DAY_MS = 86_400_000
const own = newId()
const other = newId()
let source: TestDatabase
let database: Database

beforeAll(async () => {
  source = await freshDatabase()
  database = openDatabase(source.url)
})
afterAll(async () => {
  await database.close()
  await source.drop()
})

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)
const index = (title: string, { body = '', at = new Date(), object = 'person', workspace = own } = {}) =>
  database.transaction(workspace, (tx) => indexManyForSearch(tx, [{ object, id: newId(), title, body, at }]))
const titles = (q: string, { objects = ['person'], limit = 10 } = {}) =>
  database.transaction(own, async (tx) => (await search(tx, { q, objects, limit })).map(({ title }) => title))

test('the newest come first, from whatever time, and no more than asked for', async () => {
  // One of each span that the search looks through, and one dated by a clock that runs ahead.
  for (const days of [-0.9, 0.5, 5, 40, 400, 4000]) await index(`Капустина ${days}`, { at: daysAgo(days) })

  const all = ['-0.9', '0.5', '5', '40', '400', '4000'].map((days) => `Капустина ${days}`)
  expect(await titles('капуст')).toEqual(all)
  expect(await titles('капуст', { limit: 3 })).toEqual(all.slice(0, 3))
})

test('it goes on behind any find: pages put together are all there is, each once', async () => {
  const at = daysAgo(3)
  const letters = 'абвгдежик'
  // Many of one moment, as an import makes them; found whole, as a part of newer and of old titles.
  for (let i = 0; i < 9; i++) await index(`Зимин ${letters[i]}`, { at: i < 7 ? at : daysAgo(100 * i) })
  for (const days of [1, 50]) await index(`Зиминский ${days}`, { at: daysAgo(days) })
  const allOf = (q: string, limit: number) =>
    database.transaction(own, async (tx) => {
      const found: Placed[] = []
      for (let page: Placed[] | undefined; !page || page.length === limit; found.push(...page))
        page = await search(tx, { q, objects: ['person'], limit }, found.at(-1))
      return found.map(({ title }) => title)
    })

  for (const q of ['зимин', 'зими', 'зиминн', 'зи', 'зимин в']) {
    const whole = await allOf(q, 100)
    expect(whole.length, q).toBeGreaterThan(0)
    expect(new Set(whole).size, q).toBe(whole.length)
    // Six at a time: a word that is found more often than a few is treated alike on pages of any length.
    for (const limit of [6, 7]) expect(await allOf(q, limit), q).toEqual(whole)
  }
  expect(await allOf('зимин', 100)).toHaveLength(11)
})

test('one letter missing, too many, wrong or in the wrong place is forgiven, in each word', async () => {
  await index('Арсений Верхотуров')

  for (const q of ['Верхотров', 'Верхоттуров', 'Верхатуров', 'Верхотруов', 'Арсенний Верхотруов']) {
    expect(await titles(q), q).toEqual(['Арсений Верхотуров'])
  }
  expect(await titles('Вверхатуроф')).toEqual([])
})

test('two letters find what begins with them', async () => {
  await index('Щукина Ю')

  expect(await titles('щу')).toEqual(['Щукина Ю'])
  expect(await titles("'")).toEqual([])
})

test('a part of several words is found wherever it begins and ends, and whatever stands beside the words', async () => {
  const title = 'ООО "Верба-Юг" Иннокентий-Сергей Радищевский77 radi@shop.example'
  await index(title)

  const parts = ['о "верба-юг" инно', 'юг" иннокентий-се', 'гей радищев', 'сергей радищевский77 ra', 'ский77 radi@shop']
  for (const q of parts) expect(await titles(q), q).toEqual([title])
  expect(await titles('гей вский77')).toEqual([])
  expect(await titles('ергей радищевнский')).toEqual([])
})

test('a part of any word in a title is found, whether the word is known, odd or short', async () => {
  const all = [
    'Фёдор Многогрешный',
    'Юля Ивашкевич-Юсупова',
    '77 Заказ: «Гжель-Бис», срочно!',
    'Тмутаракань977 +79160000001 tmutar@shop.example',
    "О'Генриетта Щ.Щ. Mühlbäck Zoë2",
    `Очень${'длинно'.repeat(4)} ЩукаPike`,
  ]
  for (const title of all) await index(title)
  const lower = all.map((title) => title.toLowerCase())

  for (const [n, title] of lower.entries()) {
    for (let start = 0; start + 3 < title.length; start += 2) {
      for (const length of [3, 5, 9]) {
        const part = title.slice(start, start + length).trim()
        // Shorter runs are looked for as beginnings.
        if (!/[\p{L}\p{N}]{3}/u.test(part)) continue
        expect(await titles(part, { limit: 50 }), part).toContain(all[n])
      }
    }
  }
})

test('an address is found by any part of it, on both sides of its sign', async () => {
  await index('Ян anna.longnames77@mail.example')
  await index('Ия anna.longnames77@other.example')

  for (const q of ['ames77@mail', 'a.longnames77@mail.exam', '7@mail.e', 'anna.longnames77@mail.example'])
    expect(await titles(q), q).toEqual(['Ян anna.longnames77@mail.example'])
  expect(await titles('nna.longnames77@')).toHaveLength(2)
  expect(await titles('nnb.longnames77@')).toEqual([])
})

test('signs alone find nothing, and what is short between them is a beginning', async () => {
  await index('Дом 8, кв. 17')

  expect(await titles('?! ()')).toEqual([])
  expect(await titles('8 ( )')).toEqual(['Дом 8, кв. 17'])
  expect(await titles('8/17')).toEqual(['Дом 8, кв. 17'])
  expect(await titles('8/18')).toEqual([])
})

test('only the kinds that were asked for are found', async () => {
  await index('Чернышов', { object: 'person' })
  await index('ООО Чернышов', { object: 'company' })

  await index('1234567 Чернышов', { object: 'conversation' })

  expect(await titles('чернышов', { objects: ['company'] })).toEqual(['ООО Чернышов'])
  // By a part, each kind is looked for where it is kept: cards in one place, conversations in another.
  expect(await titles('ернышо', { objects: ['company'] })).toEqual(['ООО Чернышов'])
  expect(await titles('345', { objects: ['conversation', 'message'] })).toEqual(['1234567 Чернышов'])
  expect(await titles('ернышо', { objects: ['person', 'conversation'] })).toEqual(['1234567 Чернышов', 'Чернышов'])
})

test('nothing of another workspace is found, nor is a word that only it knows meant', async () => {
  await index('Посторонняя Глафира', { workspace: other })

  expect(await titles('глафира')).toEqual([])
  expect(await titles('лафир')).toEqual([])
  expect(await titles('глафиира')).toEqual([])
  const { rows } = await database.transaction(own, (tx) =>
    sql`select title from platform.own_search_documents where workspace_id = ${other}
      union all select word from platform.own_search_spellings where word = 'глафира'`.execute(tx.db),
  )
  expect(rows).toEqual([])
})

test('a word goes from memory with the last title that has it, of a card or of a conversation', async () => {
  const [card, conversation] = [newId(), newId()]
  const isKnown = async () => {
    const { rows } = await database.transaction(own, (tx) =>
      sql`select from platform.own_search_spellings where word = 'зюзюкин'`.execute(tx.db),
    )
    return rows.length > 0
  }
  const forget = (object: string, id: string) => database.transaction(own, (tx) => forgetFound(tx, object, [id]))
  await database.transaction(own, (tx) =>
    indexManyForSearch(tx, [
      { object: 'person', id: card, title: 'Зюзюкин', at: new Date() },
      { object: 'conversation', id: conversation, title: 'Договор Зюзюкина', at: new Date() },
    ]),
  )

  await forget('person', card)
  expect(await isKnown()).toBe(true)
  await forget('conversation', conversation)
  expect(await isKnown()).toBe(false)
})

test('a part that many titles have is told in order, whether the last days have any of them or none', async () => {
  // More than are read whole, on the days that the last ones tell nothing of.
  const old = Array.from({ length: 320 }, (_, n) => 200 + n)
  await database.transaction(own, (tx) =>
    indexManyForSearch(
      tx,
      old.map((at) => ({ object: 'person', id: newId(), title: `Многочасов ${at}`, at: daysAgo(at) })),
    ),
  )
  const oldest = (count: number) => old.slice(0, count).map((at) => `Многочасов ${at}`)

  expect(await titles('ногочас')).toEqual(oldest(10))
  await index('Немногочасов', { at: daysAgo(1) })
  expect(await titles('ногочас')).toEqual(['Немногочасов', ...oldest(9)])
})

test('what is found often is told in order beyond the last days, from wherever the rest stands', async () => {
  const add = (title: string, days: readonly number[]) =>
    database.transaction(own, (tx) =>
      indexManyForSearch(
        tx,
        days.map((at) => ({ object: 'person', id: newId(), title: `${title} ${at}`, at: daysAgo(at) })),
      ),
    )
  const newest = (days: readonly number[]) => days.toSorted((a, b) => a - b).map(String)
  // As many before the last days as they let expect, or only far behind those days in which the rest is expected.
  const recent = Array.from({ length: 13 }, (_, n) => 1 + 6 * n)
  const evenly = [...recent, 85, 90, 100, 110, 120, 130, 140, 150, 1000]
  const unevenly = [...recent, 400, 500, 600, 700, 800, 900, 1000, 1100]
  await add('Ровнов', evenly)
  await add('Неровнов', unevenly)

  const told = async (word: string, limit: number) =>
    (await titles(word, { limit })).map((title) => title.replace(`${word} `, ''))
  for (const limit of [20, 22]) {
    expect(await told('Ровнов', limit)).toEqual(newest(evenly).slice(0, limit))
    expect(await told('Неровнов', limit)).toEqual(newest(unevenly).slice(0, limit))
  }
})
