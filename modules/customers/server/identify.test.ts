import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { formFrom, mailFrom, type TestCustomers, testCustomers } from '../../../tests/support/customers.ts'
import type { Sender } from './index.ts'

let okno: TestCustomers
beforeAll(async () => {
  okno = await testCustomers()
})
afterAll(() => okno.close())

const mail = { id: newId(), kind: 'email' }
const chat = { id: newId(), kind: 'webchat' }
const form = { id: newId(), kind: 'form' }

const arrive = (sender: Sender, account = mail, at = okno.clock.now, workspace = okno.ours) =>
  workspace.transaction((tx) => okno.customers.identify(tx, { account, sender, arrivalId: newId(), at }))
const cardOf = async (id: string) => (await okno.ours.call('GET', `/people/${id}`)).body
const count = async (sql: string, ...values: unknown[]) =>
  Number((await okno.platform.database.pool.query(`select count(*) as n from ${sql}`, values)).rows[0].n)

describe('a sender whom the channel vouches for', () => {
  test('gets a lead card once, and is found again however the address is written', async () => {
    const first = await arrive(mailFrom('Olga.Smirnova@Example.ru', '  Ольга   Смирнова '))
    const again = await arrive(mailFrom('olga.smirnova@example.RU', 'Другое имя'))

    expect(first).toMatchObject({ name: 'Ольга Смирнова', isNew: true, ownerId: null })
    expect(again).toEqual({ ...first, isNew: false })
    const card = await cardOf(first.personId)
    expect(card).toMatchObject({ stage: 'lead', origin: 'email', name: 'Ольга Смирнова' })
    expect(card.identities).toMatchObject([{ kind: 'email', value: 'olga.smirnova@example.ru', proven: true }])
    expect(card.identities[0].evidence).toMatchObject([{ source: 'email', accountId: mail.id }])
    const timeline = await okno.ours.call('GET', `/people/${first.personId}/timeline`)
    expect(timeline.body.items).toMatchObject([{ kind: 'customers.person_created', data: { origin: 'email' } }])
  })

  test('without a name is called by the address until a name is told', async () => {
    const nameless = await arrive(mailFrom('d.kuznetsov@example.ru'))
    const named = await arrive(mailFrom('d.kuznetsov@example.ru', 'Дмитрий Кузнецов'))

    expect(nameless.name).toBe('d.kuznetsov')
    expect(named).toEqual({ ...nameless, name: 'Дмитрий Кузнецов', isNew: false })
    expect((await arrive(mailFrom('d.kuznetsov@example.ru', 'Dima'))).name).toBe('Дмитрий Кузнецов')
  })

  test('is one person however many arrivals come at once', async () => {
    const together: Sender = {
      address: 'rush@example.ru',
      identities: [
        { kind: 'phone', value: '8 905 111-22-33', proven: true },
        { kind: 'email', value: 'rush@example.ru', proven: true },
      ],
    }
    const reversed = { ...together, identities: together.identities.toReversed() }

    const found = await Promise.all(Array.from({ length: 200 }, (_, i) => arrive(i % 2 ? together : reversed)))

    expect(new Set(found.map(({ personId }) => personId)).size).toBe(1)
    expect(found.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(await count(`customers.identities where value = 'rush@example.ru'`)).toBe(1)
  })

  test('learns a second proven identity, and is found by each', async () => {
    const visitor = newId()
    const known = await arrive(
      { address: visitor, identities: [{ kind: 'visitor', value: visitor, proven: true }] },
      chat,
    )
    const withId: Sender = {
      address: visitor,
      identities: [
        { kind: 'visitor', value: visitor, proven: true },
        { kind: 'external', value: 'client-77', proven: true },
      ],
    }
    await arrive(withId, chat)
    const elsewhere = await arrive(
      { address: 'client-77', identities: [{ kind: 'external', value: 'client-77', proven: true }] },
      chat,
    )

    expect(known.name).toMatch(/^Посетитель сайта [0-9A-F]{4}$/)
    expect(elsewhere.personId).toBe(known.personId)
    const atAnother = { id: newId(), kind: 'webchat' }
    const stranger = await arrive(
      { address: 'client-77', identities: [{ kind: 'external', value: 'client-77', proven: true }] },
      atAnother,
    )
    expect(stranger.personId).not.toBe(known.personId)
  })

  test('with identities of two people is the holder of the surest, and the two are maybe the same', async () => {
    const byMail = await arrive(mailFrom('two@example.ru', 'По почте'))
    const byId = await arrive({
      address: 'c-1',
      name: 'По номеру',
      identities: [{ kind: 'external', value: 'c-1', proven: true }],
    })
    const both = await arrive({
      address: 'two@example.ru',
      identities: [
        { kind: 'email', value: 'two@example.ru', proven: true },
        { kind: 'external', value: 'c-1', proven: true },
      ],
    })

    expect(both.personId).toBe(byId.personId)
    expect((await cardOf(byId.personId)).likenesses).toMatchObject([
      { personId: byMail.personId, name: 'По почте', reasons: [{ kind: 'email', value: 'two@example.ru' }] },
    ])
    expect((await arrive(mailFrom('two@example.ru'))).personId).toBe(byMail.personId)
  })

  test('is another person in another workspace', async () => {
    const here = await arrive(mailFrom('same@example.ru'))
    const there = await arrive(mailFrom('same@example.ru'), mail, okno.clock.now, okno.theirs)

    expect(there.isNew).toBe(true)
    expect(there.personId).not.toBe(here.personId)
  })

  test('has the last use of an identity written down at most once an hour', async () => {
    const at = (minutes: number) => new Date(okno.clock.now.getTime() + minutes * 60_000)
    const { personId } = await arrive(mailFrom('often@example.ru'))
    const lastSeen = async () => new Date((await cardOf(personId)).identities[0].lastSeenAt).getTime()

    await arrive(mailFrom('often@example.ru'), mail, at(59))
    expect(await lastSeen()).toBe(at(0).getTime())
    await arrive(mailFrom('often@example.ru'), mail, at(61))
    expect(await lastSeen()).toBe(at(61).getTime())
  })
})

describe('what was only typed', () => {
  test('never finds or joins a card: two forms with one phone are two cards, maybe the same', async () => {
    const one = await arrive(
      formFrom({ firstName: 'Пётр', lastName: 'Ильин', phone: '8 912 000-11-22', city: 'Пермь', company: 'ООО «Лес»' }),
      form,
    )
    const other = await arrive(formFrom({ name: 'Петя', phone: '+7 (912) 000 11 22' }), form)

    expect(other.personId).not.toBe(one.personId)
    const card = await cardOf(one.personId)
    expect(card).toMatchObject({
      name: 'Пётр Ильин',
      firstName: 'Пётр',
      city: 'Пермь',
      custom: { company: 'ООО «Лес»' },
    })
    expect(card.identities).toMatchObject([{ kind: 'phone', value: '+79120001122', proven: false }])
    expect(card.likenesses).toMatchObject([
      { personId: other.personId, name: 'Петя', reasons: [{ kind: 'phone', value: '+79120001122' }] },
    ])
    expect((await cardOf(other.personId)).likenesses).toMatchObject([{ personId: one.personId }])
  })

  test('is compared with proven identities too, in either order', async () => {
    const mailed = await arrive(mailFrom('anna@example.ru', 'Анна'))
    const typed = await arrive(formFrom({ name: 'Аня', email: 'Anna@Example.ru' }), form)
    const typedFirst = await arrive(formFrom({ name: 'Борис', email: 'boris@example.ru' }), form)
    const mailedLater = await arrive(mailFrom('boris@example.ru', 'Борис Л.'))

    expect((await cardOf(typed.personId)).likenesses).toMatchObject([{ personId: mailed.personId }])
    expect(mailedLater.isNew).toBe(true)
    expect((await cardOf(typedFirst.personId)).likenesses).toMatchObject([{ personId: mailedLater.personId }])
    expect((await arrive(mailFrom('anna@example.ru'))).personId).toBe(mailed.personId)
  })

  test('at the same moment on many forms is noted for every pair', async () => {
    const forms = await Promise.all(
      Array.from({ length: 10 }, (_, i) => arrive(formFrom({ name: `Форма ${i}`, phone: '8 913 777-00-00' }), form)),
    )

    expect(new Set(forms.map(({ personId }) => personId)).size).toBe(10)
    for (const { personId } of forms) expect((await cardOf(personId)).likenesses).toHaveLength(9)
  })

  test('never overwrites a known card', async () => {
    const visitor = newId()
    const sender = (claims: Record<string, string>): Sender => ({
      address: visitor,
      identities: [
        { kind: 'visitor', value: visitor, proven: true },
        ...(claims.email ? [{ kind: 'email' as const, value: claims.email, proven: false }] : []),
      ],
      claims,
    })
    const { personId } = await arrive(sender({ name: 'Вера', city: 'Тверь', size: 'M' }), chat)
    await arrive(
      sender({ name: 'Взломщик', city: 'Москва', size: 'XL', colour: 'дуб', email: 'vera@example.ru' }),
      chat,
    )

    const card = await cardOf(personId)
    expect(card).toMatchObject({ name: 'Вера', city: 'Тверь', custom: { size: 'M', colour: 'дуб' } })
    expect(card.identities).toContainEqual(expect.objectContaining({ value: 'vera@example.ru', proven: false }))
  })

  test('becomes proven by an answer to our own mail, unless it is proven for somebody else', async () => {
    const left = await arrive(formFrom({ name: 'Глеб', email: 'gleb@example.ru' }), form)
    const prove = (personId: string) =>
      okno.ours.transaction((tx) =>
        okno.customers.proveIdentity(tx, {
          personId,
          kind: 'email',
          value: 'GLEB@example.ru',
          evidence: { source: 'reply' },
          at: okno.clock.now,
        }),
      )
    const other = await arrive(formFrom({ name: 'Не Глеб', email: 'gleb@example.ru' }), form)
    const colleague = await arrive(formFrom({ name: 'Коллега в копии' }), form)

    expect(await prove(colleague.personId)).toBeNull()
    expect(await prove(left.personId)).toBe(left.personId)
    expect(await prove(left.personId)).toBe(left.personId)
    expect(await prove(colleague.personId)).toBe(left.personId)
    expect(await prove(other.personId)).toBe(left.personId)

    expect((await arrive(mailFrom('gleb@example.ru'))).personId).toBe(left.personId)
    expect((await cardOf(left.personId)).identities).toMatchObject([
      { proven: true, evidence: [{ source: 'form' }, { source: 'reply' }] },
    ])
    expect((await cardOf(other.personId)).likenesses).toMatchObject([{ personId: left.personId }])
  })
})

test('a pair once dismissed stays away until something new speaks for it', async () => {
  const one = await arrive(formFrom({ name: 'Один', phone: '8 914 000-00-01' }), form)
  const other = await arrive(formFrom({ name: 'Другой', phone: '8 914 000-00-01' }), form)
  const likenesses = async () => (await okno.ours.call('GET', `/people/${one.personId}/likenesses`)).body.items

  expect((await okno.ours.call('POST', `/people/${other.personId}/likenesses/${one.personId}/dismiss`)).status).toBe(
    204,
  )
  expect(await likenesses()).toEqual([])

  for (const { personId } of [one, other]) {
    await okno.ours.call('PATCH', `/people/${personId}`, { phones: ['8 914 000-00-01'], emails: ['common@example.ru'] })
  }
  expect(await likenesses()).toHaveLength(1)
})

test('an unreadable sender still gets a card with a name', async () => {
  const odd: Sender[] = [
    { address: '', identities: [] },
    { address: '\0', name: '\u202e\n', identities: [{ kind: 'email', value: '\0', proven: true }] },
    {
      address: 'x'.repeat(5000),
      name: 'я'.repeat(5000),
      identities: [],
      claims: { ['к'.repeat(200)]: 'я'.repeat(50_000), firstName: '\ud800' },
    },
  ]
  for (const sender of odd) expect((await arrive(sender)).name.length).toBeGreaterThan(0)
})

test('arrivals taken together are answered each as if they had come alone', async () => {
  const known = await arrive(mailFrom('together-known@example.ru', 'Известный'))
  const visitor = newId()
  const senders: Sender[] = [
    mailFrom('together-known@example.ru'),
    mailFrom('together-new@example.ru', 'Новый'),
    formFrom({ name: 'Форма 1', phone: '8 915 000-00-09' }),
    formFrom({ name: 'Форма 2', phone: '8 915 000-00-09' }),
    mailFrom('Together-New@example.ru'),
    { address: visitor, identities: [{ kind: 'visitor', value: visitor, proven: true }] },
    {
      address: 'together-new@example.ru',
      identities: [
        { kind: 'email', value: 'together-new@example.ru', proven: true },
        { kind: 'phone', value: '8 915 000-00-10', proven: true },
      ],
    },
  ]
  const arrivals = senders.map((sender) => ({ account: mail, sender, arrivalId: newId(), at: okno.clock.now }))

  const found = await okno.ours.transaction((tx) => okno.customers.identifyAll(tx, arrivals))

  expect(found.map(({ isNew }) => isNew)).toEqual([false, true, true, true, false, true, false])
  expect(found[0]).toEqual({ ...known, isNew: false })
  expect(new Set([1, 4, 6].map((i) => found[i]?.personId)).size).toBe(1)
  expect(new Set(found.map(({ personId }) => personId)).size).toBe(5)
  expect(found[5]?.name).toMatch(/^Посетитель сайта/)
  const [, , oneForm, otherForm] = found
  expect((await cardOf(oneForm?.personId ?? '')).likenesses).toMatchObject([{ personId: otherForm?.personId }])
  expect((await cardOf(found[1]?.personId ?? '')).identities).toHaveLength(2)
})
