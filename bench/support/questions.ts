import { cursorAfter } from './ask.ts'
import { chance, pick } from './company/words.ts'
import type { Company } from './company.ts'
import type { BenchOkno } from './okno.ts'

const OPERATORS_ASKED = 8
/** So many pages of 200 rows lie before a deep page. */
const DEEP = 25
const NAMES = 60
const EMPLOYED = { relation: 'companies' }

/** Addresses by what they ask for. Values come from the company itself: common and rare ones alike, the same in each run. */
export async function questions(okno: BenchOkno, company: Company): Promise<Record<string, string[]>> {
  return {
    ...(await ofPeople(okno, company)),
    ...(await ofConversations(okno, company)),
    ...(await ofSearch(okno)),
    ...ofGroups(),
  }
}

async function ofPeople(okno: BenchOkno, { cast }: Company): Promise<Record<string, string[]>> {
  const owners = cast.operators.slice(0, OPERATORS_ASKED).map(({ id }) => id)
  const companies = await okno.query<{ id: string }>(
    'select company_id as id from customers.employments group by 1 order by count(*) desc, 1 limit 20',
  )
  const lists: Record<string, string[]> = {
    'people, newest': ['/people?sort=newest'],
    'people, by name': ['/people?sort=name'],
  }
  for (const sort of ['newest', 'name']) {
    const by = sort === 'name' ? 'by name' : 'newest'
    const all = ['lead', 'customer', 'former'].map((stage) => `/people?sort=${sort}&stage=${stage}`)
    lists[`people, stage, ${by}`] = all
    lists[`people, owner, ${by}`] = owners.map((id) => `/people?sort=${sort}&ownerId=${id}`)
    lists[`people, company, ${by}`] = companies.map(({ id }) => `/people?sort=${sort}&companyId=${id}`)
    lists[`people, some company, ${by}`] = [filtered(`/people?sort=${sort}`, EMPLOYED)]
    lists[`people, no company, ${by}`] = [filtered(`/people?sort=${sort}`, { not: EMPLOYED })]
    lists[`people, stage and owner, ${by}`] = owners.flatMap((id) => all.map((one) => `${one}&ownerId=${id}`))
    lists[`people, deep, ${by}`] = [await deep(okno, `/people?sort=${sort}`)]
    lists[`people, stage, deep, ${by}`] = [await deep(okno, `/people?sort=${sort}&stage=customer`)]
  }
  return lists
}

/** Headings of lists that stand in groups. */
function ofGroups(): Record<string, string[]> {
  const fields = { person: ['stage', 'owner', 'companies'], conversation: ['status', 'owner', 'person', 'companies'] }
  return Object.fromEntries(
    Object.entries(fields).flatMap(([object, keys]) =>
      keys.map((key) => [`groups of ${object}, ${key}`, [`/objects/${object}/groups?field=${key}`]]),
    ),
  )
}

async function ofConversations(okno: BenchOkno, { cast, longest }: Company): Promise<Record<string, string[]>> {
  const owners = cast.operators.slice(0, OPERATORS_ASKED).map(({ id }) => id)
  const accounts = Object.values(cast.doors).flat()
  const people = await okno.query<{ id: string }>(
    `select person_id as id from inbox.conversations where number % 997 = 1 order by number desc limit 20`,
  )
  const filters: Record<string, object[]> = {
    status: [['new'], ['open'], ['waiting'], ['snoozed'], ['closed'], ['new', 'open']].map((status) => ({ status })),
    priority: [['high'], ['urgent'], ['low'], ['normal']].map((priority) => ({ priority })),
    owner: [...owners, null].map((ownerId) => ({ ownerId })),
    team: [cast.frame.teamId, null].map((teamId) => ({ teamId })),
    tag: ['доставка', 'гарантия', 'нет такой'].map((tag) => ({ tag })),
    account: accounts.map(({ id }) => ({ accountId: id })),
    channel: ['api', 'form', 'email'].map((channel) => ({ channel })),
    person: [longest, ...people.map(({ id }) => id)].map((personId) => ({ personId })),
    'owner and status': owners.flatMap((ownerId) => [['open'], ['closed']].map((status) => ({ ownerId, status }))),
    'account and priority': accounts.map(({ id }) => ({ accountId: id, priority: ['urgent'] })),
  }
  const lists: Record<string, string[]> = {}
  for (const sort of ['due', 'recent']) {
    for (const view of ['mine', 'unassigned', 'all', 'at_risk', 'closed'])
      lists[`conversations, ${view}, ${sort}`] = [`/conversations?view=${view}&sort=${sort}`]
    for (const [name, some] of Object.entries(filters))
      lists[`conversations, ${name}, ${sort}`] = some.map((filter) => filtered(`/conversations?sort=${sort}`, filter))
    lists[`conversations, deep, ${sort}`] = [await deep(okno, `/conversations?sort=${sort}`)]
  }
  lists['conversations, closed, deep'] = [await deep(okno, '/conversations?view=closed&sort=recent')]
  lists['view counts'] = ['/conversations/counts']
  return lists
}

const filtered = (path: string, filter: object) => `${path}&filter=${encodeURIComponent(JSON.stringify(filter))}`

const deep = async (okno: BenchOkno, path: string) => {
  const cursor = await cursorAfter(okno.url, `/api/v1${path}`, DEEP)
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`
}

async function ofSearch(okno: BenchOkno): Promise<Record<string, string[]>> {
  const random = chance(7)
  const rows = await okno.query<{
    name: string
    mail: string | null
    phone: string | null
    number: string
    text: string
  }>(
    `select p.name, (select value from customers.identities i where i.person_id = p.id and kind = 'email' limit 1) as mail,
      (select value from customers.identities i where i.person_id = p.id and kind = 'phone' limit 1) as phone,
      c.number::text, c.last_text as text
    from (select * from inbox.conversations where number % 1009 = 7 order by number limit ${NAMES}) c
    join customers.people p on p.id = c.person_id`,
  )
  const names = rows.map(({ name }) => name)
  const word = (name: string) => name.split(' ').toSorted((a, b) => b.length - a.length)[0] ?? name
  const people = (q: string) => `/people?q=${encodeURIComponent(q)}`
  const talks = (q: string) => `/conversations?q=${encodeURIComponent(q)}`
  const digits = (text: string | null) => (text ?? '79161234567').replace(/\D/g, '')
  return {
    'search people, full name': names.map(people),
    'search people, last name': names.map((name) => people(word(name))),
    'search people, first name': ['Александр', 'Мария', 'Ольга', 'James', 'Олег'].map(people),
    'search people, part of a name': names.map((name) => people(word(name).slice(1, 5))),
    'search people, two letters': ['ан', 'ов', 'ju', 'щу'].map(people),
    'search people, mistyped': names.map((name) => people(mistyped(word(name), random))),
    'search people, mistyped full name': names.map((name) => people(mistyped(name, random))),
    'search people, part of a phone': rows.map(({ phone }) => people(digits(phone).slice(-7))),
    'search people, phone as written': rows.map(({ phone }) =>
      people(`8 (${digits(phone).slice(1, 4)}) ${digits(phone).slice(4)}`),
    ),
    'search people, e-mail': rows.map(({ mail }) => people(mail ?? 'client1@mail.example')),
    'search people, word of a note': ['накладная', 'двигатель', 'invoice'].map(people),
    'search people, nobody': ['ыыыыщщщ', 'qwzxqwzx', 'Ъфърыщ Ыъ'].map(people),
    'search people, name in a stage': names.map((name) => `${people(word(name))}&stage=customer`),
    'palette, part of a name': names.map((name) => `/search?q=${encodeURIComponent(word(name).slice(0, 4))}`),
    'search conversations, number': rows.map(({ number }) => talks(`№ ${number}`)),
    'search conversations, name': names.map((name) => talks(word(name))),
    'search conversations, common word': ['заказ', 'доставка', 'чек', 'order'].map(talks),
    'search conversations, order number': rows.map(({ text }) => talks(/\d{7}/.exec(text)?.[0] ?? '1234567')),
    'search conversations, two words': ['двигатель ремонт', 'шкаф дверца', 'invoice order', 'оптовая цена'].map(talks),
    'search conversations, mistyped': names.map((name) => talks(mistyped(word(name), random))),
    'search conversations, no such word': ['крокодил', 'hippopotamus'].map(talks),
  }

  function mistyped(text: string, chanceOf: () => number): string {
    const place = 1 + Math.floor(chanceOf() * (text.length - 2))
    const kind = pick(['swap', 'drop', 'double'], chanceOf)
    if (kind === 'drop') return text.slice(0, place) + text.slice(place + 1)
    if (kind === 'double') return text.slice(0, place) + text.charAt(place) + text.slice(place)
    return text.slice(0, place) + text.charAt(place + 1) + text.charAt(place) + text.slice(place + 2)
  }
}
