import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PLATFORM_TRACES } from '../../platform/server/personal-data.queries.ts'
import { GLAFIRA, makeGlafira, tracesOfGlafira } from '../support/glafira.ts'
import { sendMail } from '../support/mail.ts'
import { eventually, type TestOkno, testPlatform } from '../support/platform.ts'

let okno: TestOkno
let glafira: Awaited<ReturnType<typeof makeGlafira>>

beforeAll(async () => {
  okno = await testPlatform({ env: { OKNO_SMTP_PORT: '0' } })
  glafira = await makeGlafira(okno)
})
afterAll(() => okno.close())

/** Where any of the texts stands: every row of every table of the database, whichever column, and every stored file. */
async function placesOf(texts: readonly string[]): Promise<string[]> {
  const { pool } = okno.platform.database
  const { rows: tables } = await pool.query<{ name: string; bytes: string[] }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.atttypid = 'bytea'::regtype and not a.attisdropped) as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema)'`)
  const places: string[] = []
  for (const { name, bytes } of tables) {
    const found = await pool.query<{ word: string }>(
      `select distinct wanted.word from ${name} as t, unnest($1::text[]) as wanted (word) where position(wanted.word in lower(t::text)) > 0
        ${bytes.map((column) => `or position(convert_to(wanted.word, 'UTF8') in t."${column}") > 0`).join(' ')}`,
      [texts],
    )
    places.push(...found.rows.map(({ word }) => `${name}: ${word}`))
  }
  const folder = path.join(okno.platform.config.dataDir, 'files')
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const content = (await readFile(path.join(entry.parentPath, entry.name))).toString('utf8').toLowerCase()
    places.push(...texts.filter((text) => content.includes(text)).map((text) => `file: ${text}`))
  }
  return places
}

const rowsOf = async (table: string) =>
  Number((await okno.platform.database.pool.query(`select count(*) from ${table}`)).rows[0]?.count)

test('a person is erased from everything, and only the proof is left', async () => {
  const before = { messages: await rowsOf('inbox.messages'), people: await rowsOf('customers.people') }
  const places = await placesOf(tracesOfGlafira())
  for (const trace of tracesOfGlafira())
    expect(
      places.some((place) => place.endsWith(`: ${trace}`)),
      trace,
    ).toBe(true)

  const wrongName = await okno.call('POST', `/people/${glafira.id}/erasure`, { name: 'Глафира', ground: 'request' })
  const named = { name: `${GLAFIRA.last} ${GLAFIRA.first}`, ground: 'request' }
  const telling = await okno.call('POST', `/people/${glafira.id}/erasure`, {
    ...named,
    name: `${GLAFIRA.first}  ${GLAFIRA.last}`.toLowerCase(),
    note: `от ${GLAFIRA.email}`,
  })
  expect(wrongName.body.code).toBe('customers.name_differs')
  expect(telling.body.code).toBe('customers.note_names_person')

  const erased = await okno.call('POST', `/people/${glafira.hiddenId}/erasure`, {
    name: `${GLAFIRA.first} ${GLAFIRA.last}`,
    ground: 'request',
    note: 'Заявление 14',
  })
  expect(erased.status, JSON.stringify(erased.body)).toBe(201)
  expect(erased.body).toMatchObject({ personId: glafira.id, ground: 'request', note: 'Заявление 14' })
  expect(erased.body.counts).toMatchObject({ 'platform.files': 2, 'inbox.drafts': 1, 'channels.chat_threads': 1 })

  const [proof] = await eventually(async () => {
    const { items } = (await okno.call('GET', '/erasures')).body
    return items[0].checkedAt ? items : null
  })
  expect(proof.mentions).toEqual([])
  // Bytes of files go after the commit.
  await eventually(async () => !(await placesOf(tracesOfGlafira())).some((place) => place.startsWith('file:')))
  expect(await placesOf(tracesOfGlafira())).toEqual([])

  const after = { messages: await rowsOf('inbox.messages'), people: await rowsOf('customers.people') }
  expect(after).toEqual(before)
  const card = await okno.call('GET', `/people/${glafira.id}`)
  expect(card.body).toMatchObject({ name: 'Данные удалены', identities: [], note: '', custom: {} })
  expect(card.body.consents).toMatchObject([{ purpose: 'personal_data', text: 'Согласен на обработку' }])
  expect((await okno.call('GET', `/conversations/${glafira.conversationId}`)).body).toMatchObject({
    status: 'closed',
    subject: '',
  })
})

test('an address that was erased is answered for, and nobody else is', async () => {
  const asked = await okno.call('POST', '/erasures/search', { value: GLAFIRA.email.toUpperCase() })
  const byPhone = await okno.call('POST', '/erasures/search', { value: '8 (913) 765-43-21' })
  const nobody = await okno.call('POST', '/erasures/search', { value: 'anna@example.test' })

  expect(asked.body.items).toMatchObject([{ personId: glafira.id }])
  expect(byPhone.body.items).toHaveLength(1)
  expect(nobody.body.items).toEqual([])
})

test('what was erased is not changed, joined or written to, and cannot be read again', async () => {
  const changed = await okno.call('PATCH', `/people/${glafira.id}`, { note: 'x' })
  const replied = await okno.call('POST', `/conversations/${glafira.conversationId}/replies`, { text: 'x' })
  const again = await okno.call('POST', `/people/${glafira.id}/erasure`, { name: 'Данные удалены', ground: 'request' })
  const { items } = (await okno.call('GET', '/arrivals')).body
  const replayed = await okno.call('POST', `/arrivals/${items[0].id}/replay`)

  expect([changed.body.code, replied.body.code, again.body.code]).toEqual([
    'customers.erased',
    'inbox.person_restricted',
    'customers.erased',
  ])
  expect(replayed.status).toBe(404)
})

test('who writes again is a stranger; after a backup was restored the same person is erased again', async () => {
  const { body: kept } = await okno.call('GET', '/erasures/kept')
  await sendMail(okno.modules.channels.smtpPort() ?? 0, {
    from: GLAFIRA.email,
    to: 'support@severny-dom.test',
    subject: 'Снова я',
    text: 'Здравствуйте',
  })
  const fresh = await eventually(async () => {
    const { items } = (await okno.call('GET', '/conversations')).body
    return items.find((one: { subject: string }) => one.subject === 'Снова я')
  })
  expect(fresh.person.id).not.toBe(glafira.id)

  const repeated = await okno.call('POST', '/erasures/repeat', kept)
  expect(repeated.body).toEqual({ erased: 1 })
  expect((await okno.call('POST', '/erasures/repeat', kept)).body).toEqual({ erased: 0 })
  expect((await okno.call('GET', `/people/${fresh.person.id}`)).body.name).toBe('Данные удалены')
})

test('restricted data is read and comes in, but is neither changed nor answered, until it is released', async () => {
  await sendMail(okno.modules.channels.smtpPort() ?? 0, {
    from: '"Пётр Лавров" <petr.lavrov@example.test>',
    to: 'support@severny-dom.test',
    subject: 'Стол',
    text: 'Здравствуйте',
  })
  const conversation = await eventually(async () => {
    const { items } = (await okno.call('GET', '/conversations')).body
    return items.find((one: { subject: string }) => one.subject === 'Стол')
  })
  const { id } = conversation.person
  const reply = () => okno.call('POST', `/conversations/${conversation.id}/replies`, { text: 'Да' })

  const restricted = await okno.call('PUT', `/people/${id}/restriction`, { reason: 'спор о данных' })
  expect(restricted.body).toMatchObject({ restrictedReason: 'спор о данных', erasedAt: null })
  expect((await okno.call('PATCH', `/people/${id}`, { city: 'Омск' })).body.code).toBe('customers.restricted')
  expect((await okno.call('POST', '/merges', { keptId: id, hiddenId: glafira.id })).body.code).toMatch(/^customers\./)
  expect((await reply()).body.code).toBe('inbox.person_restricted')
  const routes = await okno.call('GET', `/conversations/${conversation.id}/routes`)
  expect(routes.body.items ?? routes.body).toMatchObject([{ allowed: false, reasonCode: 'inbox.person_restricted' }])

  await sendMail(okno.modules.channels.smtpPort() ?? 0, {
    from: '"Пётр Лавров" <petr.lavrov@example.test>',
    to: 'support@severny-dom.test',
    subject: 'Стул',
    text: 'И ещё стул',
  })
  await eventually(async () => {
    const { items } = (await okno.call('GET', '/conversations')).body
    return items.some(
      (one: { subject: string; person: { id: string } }) => one.subject === 'Стул' && one.person.id === id,
    )
  })

  expect((await okno.call('DELETE', `/people/${id}/restriction`)).status).toBe(200)
  expect((await okno.call('PATCH', `/people/${id}`, { city: 'Омск' })).status).toBe(200)
})

/** Tables that hold nothing of customers, each with what it holds. */
const NOTHING_OF_PEOPLE: Readonly<Record<string, string>> = {
  'access.operators': 'those who work here',
  'access.presence': 'whether they are there',
  'access.team_members': 'who works in which team',
  'access.teams': 'teams',
  'channels.account_state': 'how far a mailbox was read',
  'channels.accounts': 'settings of channels',
  'customers.card_layouts': 'names of blocks of cards',
  'customers.companies': 'organisations',
  'customers.households': 'ids; who belongs to them is answered for',
  'customers.matching': 'weights learned from all cards together',
  'exchange.known_operators': 'names of those who work here, as other programs write them',
  'exchange.known_headings': 'headings of columns and the fields that they filled',
  'inbox.numbers': 'the last number',
  'inbox.reads': 'how far operators have read',
  'inbox.settings': 'norms and hours',
  'inbox.snippets': 'words ready to send',
  'inbox.tags': 'names of tags',
  'integrations.positions': 'how far events were read',
  'integrations.webhooks': 'addresses of other systems',
  'objects.bulk_edits':
    'what was changed of many at once; the search after an erasure tells when the value names the person',
  'objects.field_indexes': 'which fields have an index',
  'objects.fields': 'descriptions of fields',
  'objects.objects': 'descriptions of objects',
  'objects.versions': 'a number',
  'objects.views': 'lists as operators keep them; the search after an erasure tells when a condition names the person',
  'platform.audit_log': 'who did what, with ids and names of fields; never values',
  'platform.custom_references': 'ids; they follow the custom values, which are answered for',
}

test('every table with something of a person is answered for by a module', async () => {
  const { rows } = await okno.platform.database.pool.query<{ name: string }>(`
    select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema$|graphile_worker$)'
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
    order by 1`)
  const answered = okno.modules.customers.personalData.parts().flatMap(({ tables }) => Object.keys(tables))
  const known = [...answered, ...Object.keys(PLATFORM_TRACES), ...Object.keys(NOTHING_OF_PEOPLE)]

  expect(rows.map(({ name }) => name)).toEqual(known.toSorted())
})
