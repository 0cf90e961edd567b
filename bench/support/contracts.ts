import type { Condition } from '../../platform/shared/objects/condition.ts'
import { chance, pick } from './company/words.ts'
import type { BenchOkno } from './okno.ts'

const OBJECT = 'custom.contract'
const JOINED = 100
/** Of so many people every third has contracts, one to five of them. */
const SHARE_OF_CLIENTS = 3
const MOST_AMOUNT = 1_000_000

interface Described {
  readonly key: string
}

/**
 * Describes contracts as a company would, each with the customer it is with, and fills them: as one that the product wrote, so many times. Some people
 * name the contract they care for in a field of their own, some cards are joined.
 */
export async function makeContracts(okno: BenchOkno, count: number): Promise<void> {
  const label = (text: string) => ({ en: text, ru: text })
  await okno.call<Described>('POST', '/objects', {
    key: 'contract',
    label: { one: label('Contract'), many: label('Contracts') },
  })
  const field = (object: string, key: string, more: object) =>
    okno.call<Described>('POST', `/objects/${object}/fields`, { key, label: label(key), ...more })
  await field(OBJECT, 'client', { type: 'reference', target: 'person' })
  await field(OBJECT, 'firm', { type: 'reference', target: 'company' })
  await field(OBJECT, 'amount', { type: 'number' })
  const options = ['active', 'ended', 'lost'].map((key) => ({ key, label: label(key), isArchived: false }))
  await field(OBJECT, 'state', { type: 'choice', options })
  await field('person', 'contract', { type: 'reference', target: OBJECT })

  const people = await okno.query<{ id: string }>('select id from customers.people order by md5(id::text) limit 2')
  const [first, second] = people.map(({ id }) => id)
  const made = await okno.call<{ id: string }>('POST', `/objects/${OBJECT}/records`, {
    name: 'Договор 1',
    custom: { client: first, firm: null, amount: 1, state: 'active' },
  })
  await okno.call('PATCH', `/people/${second}`, { custom: { contract: made.id } })
  await okno.query(FILL, [made.id, count, SHARE_OF_CLIENTS, MOST_AMOUNT])
  await okno.query(NAME, [made.id, second])
  const pairs = await okno.query<{ from: string; into: string }>(PAIRS, [JOINED])
  for (const { from, into } of pairs) await okno.call('POST', '/merges', { keptId: into, hiddenId: from })
  await okno.query('analyze objects.records, customers.people, platform.custom_references')
}

/** Amounts are even, so that as many lie above a border as its share of the whole; every tenth contract is with a company too. */
const FILL = `
  with clients as materialized (
    select id, row_number() over (order by md5(id::text)) as n from customers.people where shown_as is null
  ), firms as materialized (
    select id, row_number() over (order by md5(id::text)) as n from customers.companies
  ), sizes as (select (select count(*) from clients) / $3 as clients, (select count(*) from firms) as firms)
  insert into objects.records (workspace_id, object_id, id, name, custom, archived_at, created_at, updated_at)
  select r.workspace_id, r.object_id, uuidv7(), 'Договор ' || i, jsonb_build_object(
      'client', c.id, 'amount', (i::bigint * 7919) % $4,
      'state', (array['active', 'active', 'ended', 'ended', 'ended', 'ended', 'ended', 'ended', 'ended', 'lost'])[1 + i % 10])
      || case when i % 10 = 3 then jsonb_build_object('firm', f.id) else '{}' end,
    null, now() - i * interval '1 minute', now() - i * interval '1 minute'
  from generate_series(2, $2::int) i cross join sizes
  join objects.records r on r.id = $1
  join clients c on c.n = 1 + abs(hashint4(i)::bigint) % sizes.clients
  left join firms f on f.n = 1 + i % sizes.firms`

/** Every twentieth person cares for a contract. */
const NAME = `
  with contracts as materialized (select id, row_number() over (order by md5(id::text)) as n from objects.records where object_id = (select object_id from objects.records where id = $1)),
  chosen as (select id, row_number() over (order by id) as n from customers.people where id <> $2 and md5(id::text) < '0d')
  update customers.people p set custom = p.custom || jsonb_build_object('contract', contracts.id)
  from chosen, contracts where p.id = chosen.id and contracts.n = chosen.n`

/** Some that have contracts, the first of that order, are joined to some that have none, the last of it. */
const PAIRS = `
  with ordered as (select id, row_number() over (order by md5(id::text)) as up, row_number() over (order by md5(id::text) desc) as down
    from customers.people where shown_as is null)
  select hidden.id as from, kept.id as into from ordered hidden join ordered kept on kept.down = hidden.up where hidden.up <= $1`

/** Conditions by what they ask: rare and common ones, turned round, beside another one, and the other way. */
export function contractConditions(
  owners: readonly string[],
): Record<string, { object: string; conditions: Condition[] }> {
  const of = (where?: Condition, count?: { op: 'eq' | 'gte' | 'lte'; value: number }): Condition => ({
    relation: 'custom.contract.client',
    ...(where ? { where } : {}),
    ...(count ? { count } : {}),
  })
  const random = chance(11)
  const above = (share: number): Condition => ({
    field: 'custom.amount',
    op: 'gt',
    value: Math.round(MOST_AMOUNT * (1 - share)) - Math.floor(random() * 50),
  })
  const several = (make: () => Condition) => Array.from({ length: 20 }, make)
  const active: Condition = { field: 'custom.state', op: 'eq', value: 'active' }
  const stage = (): Condition => ({ field: 'stage', op: 'eq', value: pick(['lead', 'customer', 'former'], random) })
  const person = (conditions: Condition[]) => ({ object: 'person', conditions })
  const contract = (conditions: Condition[]) => ({ object: OBJECT, conditions })
  const client = (where: Condition): Condition => ({ relation: 'custom.client', where })
  return {
    'has a contract': person([of()]),
    'has one above what few are': person(several(() => of(above(0.0004)))),
    'has one above what some are': person(several(() => of(above(0.05)))),
    'has one above what most are': person(several(() => of(above(0.9)))),
    'has an active one above': person(several(() => of({ all: [active, above(0.1)] }))),
    'has one that nobody has': person(several(() => of(above(-1)))),
    'has none': person([{ not: of() }]),
    'has none above what few are': person(several(() => ({ not: of(above(0.0004)) }))),
    'has none above what most are': person(several(() => ({ not: of(above(0.9)) }))),
    'has two or more': person([of(undefined, { op: 'gte', value: 2 })]),
    'has many': person([of(undefined, { op: 'gte', value: 6 })]),
    'has two or more active ones': person([of(active, { op: 'gte', value: 2 })]),
    'has an active one, and a stage': person(several(() => ({ all: [of(active), stage()] }))),
    'has an active one, and an owner': person(
      owners.map((owner) => ({ all: [of(active), { field: 'owner', op: 'eq', value: owner }] })),
    ),
    'has none, and an owner': person(
      owners.map((owner) => ({ all: [{ not: of() }, { field: 'owner', op: 'eq', value: owner }] })),
    ),
    'has an active and a lost one': person([
      { all: [of(active), of({ field: 'custom.state', op: 'eq', value: 'lost' })] },
    ]),
    'has a rare one or a job': person(several(() => ({ any: [of(above(0.0004)), { relation: 'companies' }] }))),
    'has one, but none that is active': person([{ all: [of(), { not: of(active) }] }]),
    'names one': person([{ relation: 'custom.contract' }]),
    'names one above what few are': person(several(() => ({ relation: 'custom.contract', where: above(0.01) }))),
    'names none above what most are': person(
      several(() => ({ not: { relation: 'custom.contract', where: above(0.9) } })),
    ),
    'contracts of a stage': contract(several(() => client(stage()))),
    'contracts of a city': contract(
      ['Москва', 'Тула', 'Нигде'].map((value) => client({ field: 'city', op: 'eq', value })),
    ),
    'contracts of who has a job, above': contract(
      several(() => ({ all: [client({ relation: 'companies' }), above(0.1)] })),
    ),
    'contracts without a client': contract([{ not: { relation: 'custom.client' } }]),
    'contracts of an owner': contract(owners.map((value) => client({ field: 'owner', op: 'eq', value }))),
  }
}
