import type pg from 'pg'

/**
 * Rows that the product wrote by itself for one story, as templates: every id, moment and word of the story that would be another one in
 * another customer's life is a slot. Filling the slots anew gives the rows which the product would have written then.
 */
export interface Template {
  readonly rows: readonly TemplateRow[]
  readonly slots: readonly Slot[]
}

interface TemplateRow {
  readonly table: string
  readonly cells: readonly Cell[]
  /** Place of the cell with the row's own id. */
  readonly idCell: number
}

/** One or more columns in the form in which `COPY` takes them; bytes travel as hexadecimal digits. */
interface Cell {
  readonly isBytes: boolean
  /** Texts, and places of slots. */
  readonly parts: readonly (string | number)[]
}

export type Slot =
  /** A new id, in the order in which the product made them. */
  | { readonly is: 'id'; readonly afterMs: number }
  /** A moment so long after the story began. */
  | { readonly is: 'moment'; readonly afterMs: number; readonly isJson: boolean }
  /** An id or a word that whoever fills the template knows. */
  | { readonly is: 'word'; readonly name: string }

/** Columns of each table that are filled in: not those that PostgreSQL computes. */
export type Columns = ReadonlyMap<string, Table>

interface Table {
  readonly columns: readonly { name: string; isBytes: boolean }[]
  /** Columns of the primary key. */
  readonly key: readonly string[]
}

/**
 * Tables in which a story leaves rows. Rights and settings belong to the company, known words to all customers together; cards are compared
 * with each other by a job at a time of its own (`npm run bench identity` measures it), so its notes belong to no story.
 */
const SCHEMAS = ['customers', 'channels', 'inbox', 'platform']
const LEFT_OUT = [
  'platform.workspaces',
  'platform.search_spellings',
  'inbox.numbers',
  'inbox.settings',
  'inbox.tags',
  'inbox.snippets',
  'channels.accounts',
  'channels.account_state',
  'customers.match_cards',
  'customers.match_keys',
  'customers.matching',
]

export async function findColumns(db: pg.Client): Promise<Columns> {
  const { rows } = await db.query<Table & { table: string }>(
    `select table_schema || '.' || table_name as table,
      json_agg(json_build_object('name', quote_ident(column_name), 'isBytes', data_type = 'bytea') order by column_name)
        filter (where is_generated = 'NEVER' and is_identity = 'NO' and coalesce(column_default, '') not like '%pg_current_xact_id%')
        as columns,
      (select json_agg(quote_ident(attname)) from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
        where indisprimary and indrelid = (table_schema || '.' || table_name)::regclass) as key
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_type = 'BASE TABLE' and table_schema = any($1) and table_schema || '.' || table_name <> all($2)
    group by table_schema, table_name having bool_or(column_name = 'workspace_id') order by 1`,
    [SCHEMAS, LEFT_OUT],
  )
  return new Map(rows.map(({ table, columns, key }) => [table, { columns, key }]))
}

/** Every row of every table, as texts behind the table's name; by table and primary key, so that two readings tell what came between. */
export async function readAll(db: pg.Client, columns: Columns): Promise<Map<string, (string | null)[]>> {
  const found = new Map<string, (string | null)[]>()
  for (const [table, { columns: of, key }] of columns) {
    const asText = of.map(({ name, isBytes }) => (isBytes ? `convert_from(${name}, 'utf8')` : `${name}::text`))
    const { rows } = await db.query<(string | null)[]>({
      text: `select (${key.join(', ')})::text, ${asText.join(', ')} from ${table}`,
      rowMode: 'array',
    })
    for (const [id, ...row] of rows) found.set(`${table} ${id}`, [table, ...row])
  }
  return found
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
const MOMENT = '\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|\\+00(?::00)?)'

/** Turns rows into a template. `words`: what stands for something else in another story, text → name of the slot. */
export function makeTemplate(
  rows: readonly (readonly (string | null)[])[],
  columns: Columns,
  of: { words: ReadonlyMap<string, string>; beganAt: number },
): Template {
  const slots: Slot[] = []
  const places = new Map<string, number>()
  const spoken = [...of.words.keys()].map((word) => word.replaceAll(/[.+]/g, '\\$&'))
  const changing = new RegExp(`${[...spoken, UUID, MOMENT].join('|')}`, 'g')
  const placeOf = (text: string): number => {
    const known = places.get(text)
    if (known !== undefined) return known
    const place = slots.push(slotOf(text, of)) - 1
    places.set(text, place)
    return place
  }
  const partsOf = (text: string): (string | number)[] => {
    const parts: (string | number)[] = []
    let end = 0
    for (const match of text.matchAll(changing)) {
      parts.push(escaped(text.slice(end, match.index)), placeOf(match[0]))
      end = match.index + match[0].length
    }
    return [...parts, escaped(text.slice(end))].filter((part) => part !== '')
  }
  const templateRows = rows.map(([table, ...values]) => ({
    table: String(table),
    idCell: columns.get(String(table))?.columns.findIndex(({ name }) => name === 'id') ?? -1,
    cells: values.map((value, n) => ({
      isBytes: columns.get(String(table))?.columns[n]?.isBytes ?? false,
      parts: value === null ? ['\\N'] : partsOf(value),
    })),
  }))
  return { rows: templateRows, slots }
}

function slotOf(text: string, { words, beganAt }: { words: ReadonlyMap<string, string>; beganAt: number }): Slot {
  const name = words.get(text)
  if (name !== undefined) return { is: 'word', name }
  if (!new RegExp(`^${UUID}$`).test(text)) {
    return { is: 'moment', afterMs: Math.round(Date.parse(text) - beganAt), isJson: text.includes('+00:00') }
  }
  // The time of an id of version 7; one that is merely random stands at the beginning.
  const isTimed = text[14] === '7'
  return { is: 'id', afterMs: isTimed ? Number.parseInt(text.replace('-', '').slice(0, 12), 16) - beganAt : 0 }
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const escaped = (text: string) => text.replaceAll(/[\\\n\r\t]/g, (letter) => ESCAPES[letter] ?? letter)

/**
 * What a template says when ids, moments and words are left open: two stories that the product writes alike have the same. Seconds that somebody
 * waited are open too: they are none unless the machine was busy while the story was told.
 */
export function shapeOf({ rows, slots }: Template, columns: Columns): string[] {
  const label = (slot: Slot | undefined) => (slot?.is === 'word' ? `‹${slot.name}›` : `‹${slot?.is}›`)
  return rows
    .map(({ table, cells }) => {
      const of = columns.get(table)?.columns ?? []
      const shown = cells.map(({ parts }, n) => {
        const text = parts.map((part) => (typeof part === 'number' ? label(slots[part]) : part)).join('')
        return of[n]?.name.endsWith('_seconds') && /^\d+$/.test(text) ? '‹seconds›' : text
      })
      return `${table}: ${shown.join(' | ')}`
    })
    .sort()
}

/** The lines for `COPY` that a template gives with these values, one value per slot. */
export function* linesOf({ rows }: Template, values: readonly string[]): Generator<[table: string, line: string]> {
  for (const { table, cells } of rows) {
    let line = ''
    for (let n = 0; n < cells.length; n++) {
      const cell = cells[n]
      if (!cell) continue
      let text = ''
      for (const part of cell.parts) text += typeof part === 'number' ? values[part] : part
      line += (n === 0 ? '' : '\t') + (cell.isBytes ? `\\\\x${Buffer.from(text).toString('hex')}` : text)
    }
    yield [table, `${line}\n`]
  }
}
