import { sql } from 'kysely'
import pg from 'pg'
import { newId } from '#platform/shared/ids'
import type { Value } from '#platform/shared/objects/field-types'
import type { Label } from '#platform/shared/objects/object'
import { freshDatabase } from '../../../tests/support/database.ts'
import { type Database, openDatabase } from '../database.ts'
import { Catalogue } from './catalogue.ts'
import type { Facts } from './evaluate.ts'
import type { FormulaType } from './formula/formula.ts'
import { readFormula } from './formula/read-formula.ts'
import type { FieldSource, ObjectSource, Row } from './source.ts'

const named = (text: string): Label => ({ en: text, ru: text })
const options = ['red', 'green', 'blue'].map((key) => ({ key, label: named(key), isArchived: false }))
const column = (name: string) => ({ one: (row: Row) => sql`${row}.${sql.ref(name)}` })
const field = (key: string, type: FieldSource['type'], read: FieldSource['read'], more: Partial<FieldSource> = {}) =>
  ({ key, type, label: named(key), read, sort: 'one' in read || 'json' in read, ...more }) satisfies FieldSource

const types: Record<string, FormulaType> = {
  number: 'number',
  money: 'number',
  text: 'text',
  flag: 'boolean',
  day: 'date',
  'custom.number': 'number',
  'custom.money': 'number',
  'custom.text': 'text',
  'custom.flag': 'boolean',
  'custom.day': 'date',
}
/** Fields that may stand in a formula, by type. */
export const formulaFields = types
export const formulaOf = (text: string) => readFormula(text, (key) => types[key])

const computed = (key: string, text: string, result: 'number' | 'text' | 'boolean' | 'date') =>
  field(key, 'formula', { formula: formulaOf(text) }, { result, sort: true })

/** One object with a field of every type twice, as a column and as a custom value, with parts, links and happenings. */
const thing: ObjectSource = {
  key: 'thing',
  label: { one: named('Thing'), many: named('Things') },
  table: sql`t.things`,
  permission: 't.read',
  only: (row) => sql`${row}.shown_as is null`,
  isFew: true,
  shownAs: (row) => sql`${row}.shown_as`,
  name: (row) => sql`${row}.text`,
  custom: (row) => sql`${row}.custom`,
  fields: [
    field('text', 'text', column('text')),
    field('number', 'number', column('number')),
    field('money', 'money', { ...column('amount'), currency: (row) => sql`${row}.currency` }),
    field('day', 'date', column('day')),
    field('time', 'time', column('time')),
    field('at', 'datetime', column('at')),
    field('flag', 'boolean', column('flag')),
    field('colour', 'choice', column('colour'), { options }),
    field('other', 'reference', column('other_id'), { target: 'thing' }),
    field('tags', 'choice', { array: (row) => sql`${row}.tags` }, { options }),
    field('emails', 'email', {
      rows: (row, it, owns) => ({
        from: sql`t.parts as ${it}`,
        where: sql`${it}.workspace_id = ${row}.workspace_id and ${owns(sql`${it}.thing_id`)}`,
        value: sql`${it}.text`,
      }),
    }),
    field('otherText', 'text', { via: { relation: 'other', field: 'text' } }),
    field('custom.text', 'long_text', { json: 'text' }),
    field('custom.number', 'number', { json: 'number' }),
    field('custom.money', 'money', { json: 'money' }),
    field('custom.day', 'date', { json: 'day' }),
    field('custom.time', 'time', { json: 'time' }),
    field('custom.at', 'datetime', { json: 'at' }),
    field('custom.flag', 'boolean', { json: 'flag' }),
    field('custom.colour', 'choice', { json: 'colour' }, { options }),
    field('custom.colours', 'multi_choice', { json: 'colours' }, { options }),
    field('custom.other', 'reference', { json: 'other' }, { target: 'thing' }),
    field('custom.place', 'address', { json: 'place' }),
    field('custom.file', 'file', { json: 'file' }),
    computed('sum', 'if(flag, number * 1.5 + coalesce(custom.number, 0), number / 3)', 'number'),
    computed('words', "text & '-' & custom.text", 'text'),
    computed('isLate', 'add_days(day, 30) < today() or is_empty(custom.text)', 'boolean'),
    computed('deadline', 'max(day, custom.day)', 'date'),
  ],
  relations: [
    {
      key: 'parts',
      label: named('Parts'),
      target: 'part',
      on: (_row, other, _link, owns) => owns(sql`${other}.thing_id`),
    },
    {
      key: 'friends',
      label: named('Friends'),
      target: 'thing',
      link: sql`t.friends`,
      on: (_row, other, link, owns) => sql`${owns(sql`${link}.thing_id`)} and ${other}.id = ${link}.friend_id`,
    },
  ],
  behaviours: [
    {
      key: 'did',
      label: named('Did'),
      from: (it) => sql`t.parts as ${it}`,
      of: (row, it, owns) => sql`${it}.workspace_id = ${row}.workspace_id and ${owns(sql`${it}.thing_id`)}`,
      at: (it) => sql`${it}.at`,
      fields: [field('text', 'text', column('text')), field('number', 'number', column('number'))],
    },
  ],
}

const part: ObjectSource = {
  key: 'part',
  label: { one: named('Part'), many: named('Parts') },
  table: sql`t.parts`,
  permission: 't.read',
  name: (row) => sql`${row}.text`,
  fields: [
    field('text', 'text', column('text')),
    field('number', 'number', column('number')),
    field('thing', 'reference', column('thing_id'), { target: 'thing' }),
  ],
}

export const things = new Catalogue([thing, part])

export interface Part {
  id: string
  thingId: string
  text: string | null
  number: number | null
  at: Date
}
export interface Thing {
  id: string
  columns: Record<string, Value>
  custom: Record<string, Value>
  emails: Part[]
  friends: string[]
  /** The thing in whose place it is shown. */
  shownAs: string | null
}

const TABLES = `
  create schema t;
  grant usage on schema t to okno_app;
  create table t.things (workspace_id uuid not null, id uuid primary key, text text, number numeric, amount numeric, currency text, day date,
    time time, at timestamptz, flag boolean, colour text, other_id uuid, tags text[] not null default '{}', shown_as uuid, custom jsonb not null default '{}');
  create table t.parts (workspace_id uuid not null, id uuid primary key, thing_id uuid not null, text text, number numeric, at timestamptz not null);
  create table t.friends (workspace_id uuid not null, thing_id uuid not null, friend_id uuid not null);
  select platform.keep_references_of('t.things'), platform.protect('t.things'), platform.protect('t.parts'), platform.protect('t.friends');`

/** A database with the tables of `things`, and one workspace. */
export async function thingsDatabase(): Promise<{
  database: Database
  workspaceId: string
  fill(things: readonly Thing[]): Promise<void>
  close(): Promise<void>
}> {
  const fresh = await freshDatabase()
  const workspaceId = newId()
  const admin = new pg.Client(fresh.url)
  await admin.connect()
  await admin.query(TABLES)
  await admin.query('insert into platform.workspaces (id, name) values ($1, $2)', [workspaceId, 'Things'])
  const database = openDatabase(fresh.url, { connections: 2 })
  return {
    database,
    workspaceId,
    fill: async (given) => {
      await admin.query('truncate t.things, t.parts, t.friends, platform.custom_references')
      const rows = given.map(({ id, columns, custom, shownAs }) => {
        const { money, other, ...plain } = columns
        const { amount = null, currency = null } =
          typeof money === 'object' && money !== null && 'amount' in money ? money : {}
        return {
          ...plain,
          tags: columns.tags ?? [],
          other_id: other,
          id,
          amount,
          currency,
          custom,
          shown_as: shownAs,
          workspace_id: workspaceId,
        }
      })
      const parts = given
        .flatMap(({ emails }) => emails)
        .map(({ thingId, ...one }) => ({ ...one, thing_id: thingId, workspace_id: workspaceId }))
      const friends = given.flatMap(({ id, friends: ids }) =>
        ids.map((friend_id) => ({ workspace_id: workspaceId, thing_id: id, friend_id })),
      )
      for (const [table, records] of Object.entries({ things: rows, parts, friends })) {
        await admin.query(`insert into t.${table} select * from jsonb_populate_recordset(null::t.${table}, $1)`, [
          JSON.stringify(records),
        ])
      }
    },
    close: async () => {
      await admin.end()
      await database.close()
      await fresh.drop()
    },
  }
}

/** The same things in memory. */
export function factsOf(given: readonly Thing[]): Facts[] {
  const byId = new Map(given.map((one) => [one.id, one]))
  const partFacts = (one: Part): Facts => ({
    value: (key) => ({ text: one.text, number: one.number, thing: named(one.thingId) })[key],
    related: (key) => (key === 'thing' ? related(shownId(one.thingId)) : []),
  })
  const related = (...ids: (Value | undefined)[]) =>
    ids.flatMap((id) => byId.get(String(id)) ?? []).flatMap((one) => (one.shownAs === null ? [facts(one)] : []))
  const shownId = (id: Value | undefined) => byId.get(String(id))?.shownAs ?? id
  /** What names a thing names the one that is shown for it as well. */
  const named = (id: Value | undefined) => (shownId(id) === id ? id : [id, shownId(id)].flatMap((one) => one ?? []))
  const shown = given.filter(({ shownAs }) => shownAs === null)
  /** What belongs to a thing and to those that are shown as it. */
  const together = <Item>(one: Thing, of: (member: Thing) => readonly Item[]) =>
    [one, ...given.filter(({ shownAs }) => shownAs === one.id)].flatMap(of)
  const facts = (one: Thing): Facts => ({
    value: (key) => {
      if (key === 'emails') return together(one, ({ emails }) => emails).map(({ text }) => text)
      if (key === 'otherText') return related(shownId(one.columns.other)).map((other) => other.value('text') as Value)
      if (key === 'other') return named(one.columns.other)
      if (key === 'custom.other') return named(one.custom.other)
      return key.startsWith('custom.') ? one.custom[key.slice('custom.'.length)] : one.columns[key]
    },
    related: (key) => {
      if (key === 'parts') return together(one, ({ emails }) => emails).map(partFacts)
      if (key === 'friends') return related(...together(one, ({ friends }) => friends))
      if (key === 'thing.other') return shown.filter(({ custom }) => shownId(custom.other) === one.id).map(facts)
      return related(shownId(key === 'other' ? one.columns.other : one.custom.other))
    },
    happened: () => together(one, ({ emails }) => emails).map((it) => ({ at: it.at, facts: partFacts(it) })),
  })
  return given.map(facts)
}
