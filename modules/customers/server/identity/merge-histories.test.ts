import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formFrom, type TestCustomers, testCustomers } from '../../../../tests/support/customers.ts'
import type { Custom } from '../tables.ts'
import { mergePeople } from './merge-people.ts'
import { lockCards } from './merges.queries.ts'
import { conflicts } from './survivorship.ts'
import { unmergePeople } from './unmerge-people.ts'

let all: TestCustomers
const site = { id: '0198c000-0000-7000-8000-000000000003', kind: 'webchat' }

beforeAll(async () => {
  all = await testCustomers()
})
afterAll(() => all?.close())

/** What a card holds by itself: what it was opened with, what was written on it, what came by its own address. */
interface Own {
  name: string
  nameIsStandIn: boolean
  city: string | null
  note: string
  custom: Custom
}

const cards = 4
const cardNumber = fc.nat(cards - 1)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('merge'), one: cardNumber, other: cardNumber, sides: fc.nat() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('edit'),
      one: cardNumber,
      field: fc.constantFrom('name', 'city', 'note', 'size', 'tags'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('message'), one: cardNumber }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('unmerge'), which: fc.nat() }) },
)
type Step = Partial<{ one: number; other: number; sides: number; field: string; which: number }> & { does: string }

/** A life of four cards, on the database, beside what each card should hold by itself. */
class Lives {
  readonly ids: string[] = []
  readonly own: Own[] = []
  readonly merges: { id: string; kept: number; hidden: number }[] = []
  #words = 0

  #word = (what: string) => `${what} ${++this.#words}`
  #by = (number: number) => ({
    account: site,
    sender: { ...formFrom({}), address: `visitor ${this.ids[0]} ${number}` },
    arrivalId: crypto.randomUUID(),
    at: all.clock.now,
  })

  async open(): Promise<void> {
    for (let number = 0; number < cards; number++) {
      const { personId } = await all.ours.transaction((tx) =>
        all.customers.identify(tx, { ...this.#by(number), sender: { address: crypto.randomUUID(), identities: [] } }),
      )
      this.ids.push(personId)
      const [card] = await this.read([personId])
      if (!card) throw new Error('The card is not there.')
      this.own.push(card)
      if (number > 1) await this.edit(number, 'name')
      if (number % 2 === 1) await this.edit(number, 'city')
      if (number % 2 === 1) await this.edit(number, 'tags')
    }
  }

  shown(number: number): number {
    const above = this.merges.find(({ hidden }) => hidden === number)
    return above ? this.shown(above.kept) : number
  }

  async take({ does, one = 0, other = 0, sides = 0, field = 'city', which = 0 }: Step): Promise<void> {
    if (does === 'merge') await this.merge(this.shown(one), this.shown(other), sides)
    if (does === 'edit') await this.edit(one, field)
    if (does === 'message') await this.message(one)
    if (does === 'unmerge' && this.merges.length > 0) await this.unmerge(which % this.merges.length)
  }

  async merge(kept: number, hidden: number, sides: number): Promise<void> {
    if (kept === hidden) return
    const [keptId, hiddenId] = [this.ids[kept] ?? '', this.ids[hidden] ?? '']
    const id = await all.ours.transaction(async (tx) => {
      const found = await lockCards(tx, [keptId, hiddenId])
      const [a, b] = [found.get(keptId), found.get(hiddenId)]
      const differing = a && b ? conflicts(a, b) : []
      // Two bits a field: the rule decides, the kept one's, the hidden one's.
      const choices = Object.fromEntries(
        differing.flatMap((name, place) => {
          const side = Math.floor(sides / 3 ** place) % 3
          return side === 0 ? [] : [[name, side === 1 ? keptId : hiddenId]]
        }),
      )
      return mergePeople(all.platform)(tx, all.ours.actor, { keptId, hiddenId, choices })
    })
    this.merges.push({ id, kept, hidden })
  }

  async unmerge(place: number): Promise<void> {
    const [merge] = this.merges.splice(place, 1)
    if (merge) await all.ours.transaction((tx) => unmergePeople(all.platform)(tx, all.ours.actor, merge.id))
  }

  /** On any card of the person: written on the one that is shown. */
  async edit(number: number, field: string): Promise<void> {
    const own = this.own[this.shown(number)]
    const value = field === 'tags' ? [this.#word('метка'), 'vip'] : this.#word(field)
    const isCustom = field === 'tags' || field === 'size'
    const draft = isCustom ? { custom: { [field]: value } } : { [field]: value }
    await all.ours.transaction((tx) => all.customers.updatePerson(tx, all.ours.actor, this.ids[number] ?? '', draft))
    if (!own) return
    if (isCustom) own.custom = { ...own.custom, [field]: value }
    else Object.assign(own, { [field]: value }, field === 'name' ? { nameIsStandIn: false } : {})
  }

  /** Says something new about oneself by one's own address, whatever the card is joined to. */
  async message(number: number): Promise<void> {
    const [own, personId] = [this.own[number], this.ids[number]]
    const [key, value] = [this.#word('сказано'), this.#word('ответ')]
    const { rows } = await all.platform.database.pool.query(
      `select value from customers.identities where person_id = $1 and kind = 'channel'`,
      [personId],
    )
    const sender = { address: rows[0].value, identities: [], claims: { [key]: value } }
    const heard = await all.ours.transaction((tx) => all.customers.identify(tx, { ...this.#by(number), sender }))
    expect(heard).toMatchObject({ personId, isNew: false })
    if (own) own.custom = { ...own.custom, [key]: value }
  }

  async read(ids = this.ids): Promise<(Own & { shownAs: string | null })[]> {
    const { rows } = await all.platform.database.pool.query(
      `select name, name_is_stand_in as "nameIsStandIn", city, note, custom, shown_as as "shownAs" from customers.people
       where id = any($1) order by array_position($1, id)`,
      [ids],
    )
    return rows
  }
}

test('after any life of merges, changes and messages, taking the merges apart in any order leaves each card what is its own', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 14 }),
      fc.infiniteStream(fc.nat()),
      async (steps, order) => {
        const lives = new Lives()
        await lives.open()
        for (const one of steps) {
          await lives.take(one)
          const shownAs = lives.ids.map((_, number) =>
            lives.shown(number) === number ? null : lives.ids[lives.shown(number)],
          )
          expect((await lives.read()).map((card) => card.shownAs)).toEqual(shownAs)
        }
        while (lives.merges.length > 0) await lives.unmerge(Number(order.next().value) % lives.merges.length)
        expect(await lives.read()).toEqual(lives.own.map((own) => ({ ...own, shownAs: null })))
      },
    ),
    { numRuns: 25 },
  )
})
