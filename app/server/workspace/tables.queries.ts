import pg from 'pg'
import { BELONGS, type CarriedTable, JOBS, LEFT_OUT, NOT_CARRIED } from './archive.ts'

/** Rows of a portion at most; of large rows (raw mail) as many as keep it about this large, so memory stays flat. */
const MOST_ROWS = 1000
const FIRST_ROWS = 50
const PORTION_BYTES = 8 * 1024 * 1024

export async function openClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'okno workspace' })
  await client.connect()
  return client
}

/** Everything read from here on is as of one moment, and moments are written alike whatever zone the server stands in. */
export async function beginReading(client: pg.ClientBase): Promise<void> {
  await client.query(`begin isolation level repeatable read read only; set local time zone 'UTC'`)
}

/** Every table of the product that may hold something of a workspace, found from the catalogue, so that none is forgotten. */
export async function findTables(client: pg.ClientBase): Promise<CarriedTable[]> {
  const { rows } = await client.query<CarriedTable & { isOwned: boolean }>(`
    select format('%s.%s', n.nspname, c.relname) as name,
      bool_or(a.attname = 'workspace_id') as "isOwned",
      -- Computed columns follow from the others. Numbers of transactions, and places in the stream of events, mean nothing elsewhere.
      array_agg(a.attname::text order by a.attnum) filter (
        where a.attgenerated = '' and a.atttypid <> 'xid8'::regtype and a.attname <> 'cursor') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema$|graphile_worker$)'
    group by n.nspname, c.relname order by 1`)
  const unknown = rows.filter(({ name, isOwned }) => !isOwned && !(name in BELONGS) && !(name in NOT_CARRIED))
  if (unknown.length > 0)
    throw new Error(`Nobody knows whose rows these are: ${unknown.map(({ name }) => name).join(', ')}.`)
  const carried = rows
    .filter(({ name }) => !(name in NOT_CARRIED))
    .map(({ name, columns }) => ({ name, columns: columns.filter((column) => !LEFT_OUT[name]?.includes(column)) }))
  return inOrder(carried, await findArrows(client))
}

interface Arrow {
  readonly from: string
  readonly to: string
  readonly columns: readonly string[]
}

/** Foreign keys: which table points to which, by which columns beside the workspace. */
async function findArrows(client: pg.ClientBase): Promise<Arrow[]> {
  const { rows } = await client.query<Arrow>(`
    select format('%s.%s', fn.nspname, f.relname) as "from", format('%s.%s', tn.nspname, t.relname) as "to",
      array(select a.attname::text from pg_attribute a where a.attrelid = f.oid and a.attnum = any(k.conkey) and a.attname <> 'workspace_id') as columns
    from pg_constraint k
    join pg_class f on f.oid = k.conrelid join pg_namespace fn on fn.oid = f.relnamespace
    join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
    where k.contype = 'f' and k.conparentid = 0`)
  return rows
}

/** What is pointed to comes before what points to it; a table may point to itself. */
function inOrder(tables: readonly CarriedTable[], arrows: readonly Arrow[]): CarriedTable[] {
  const ordered: CarriedTable[] = []
  const waiting = new Map(tables.map((table) => [table.name, table]))
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ name }) =>
      arrows.every(({ from, to }) => from !== name || to === name || !waiting.has(to)),
    )
    if (ready.length === 0)
      throw new Error(`These tables point to one another in a ring: ${[...waiting.keys()].join(', ')}.`)
    for (const table of ready) {
      ordered.push(table)
      waiting.delete(table.name)
    }
  }
  return ordered
}

/** Columns by which a table points to itself: they are filled when all its rows are there. */
export async function findOwnArrows(client: pg.ClientBase): Promise<Map<string, string[]>> {
  const own = (await findArrows(client)).filter(({ from, to }) => from === to)
  const byTable = new Map<string, string[]>()
  for (const { from, columns } of own) byTable.set(from, [...(byTable.get(from) ?? []), ...columns])
  return byTable
}

const quoted = (name: string) =>
  name
    .split('.')
    .map((part) => pg.escapeIdentifier(part))
    .join('.')

const WAITING_JOBS = `
  select jsonb_build_object('identifier', t.identifier, 'payload', j.payload::jsonb, 'queue_name', q.queue_name, 'run_at', j.run_at,
    'max_attempts', j.max_attempts, 'job_key', j.key, 'priority', j.priority)::text as line
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
  where j.payload ->> 'workspaceId' = $1::text and j.attempts < j.max_attempts
  order by 1`

/** Rows of a workspace as lines of JSON, in the order of the key, a portion at a time. In an open transaction. */
export async function* linesOf(
  client: pg.ClientBase,
  { name, columns }: CarriedTable,
  workspaceId: string,
): AsyncGenerator<string[]> {
  const order = name === JOBS ? [] : await keyOf(client, name)
  const rows = `select ${columns.map((column) => pg.escapeIdentifier(column)).join(', ')} from ${quoted(name)}
    where ${BELONGS[name] ?? 'workspace_id = $1'} order by ${order.map((column) => pg.escapeIdentifier(column)).join(', ')}`
  const select = name === JOBS ? WAITING_JOBS : `select to_jsonb(row)::text as line from (${rows}) as row`
  await client.query(`declare lines no scroll cursor for ${select.replaceAll('$1', pg.escapeLiteral(workspaceId))}`)
  let wanted = FIRST_ROWS
  for (;;) {
    const { rows: fetched } = await client.query<{ line: string }>(`fetch ${wanted} from lines`)
    const lines = fetched.map(({ line }) => line)
    if (lines.length > 0) yield lines
    if (lines.length < wanted) break
    const letters = lines.reduce((sum, line) => sum + line.length, 1)
    wanted = Math.max(1, Math.min(MOST_ROWS, Math.floor((PORTION_BYTES * lines.length) / letters)))
  }
  await client.query('close lines')
}

/** How many rows of a workspace there are in these tables. Reads all of them. */
export async function countRows(
  client: pg.ClientBase,
  tables: readonly CarriedTable[],
  workspaceId: string,
): Promise<number> {
  let count = 0
  for (const { name } of tables) {
    if (name === JOBS) continue
    const which = (BELONGS[name] ?? 'workspace_id = $1').replaceAll('$1', pg.escapeLiteral(workspaceId))
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from ${quoted(name)} where ${which}`,
    )
    count += rows[0]?.count ?? 0
  }
  return count
}

export async function keyOf(client: pg.ClientBase, name: string): Promise<string[]> {
  const { rows } = await client.query<{ column: string }>(
    `select a.attname::text as column from pg_index i cross join lateral unnest(i.indkey) with ordinality as key (number, place)
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = key.number
     where i.indrelid = $1::regclass and i.indisprimary order by key.place`,
    [name],
  )
  return rows.map(({ column }) => column)
}

/** Puts lines in. Columns by which the table points to itself stay empty. */
export async function putIn(
  client: pg.ClientBase,
  { name, columns }: CarriedTable,
  lines: readonly string[],
  later: readonly string[],
): Promise<void> {
  const rows = `[${lines.join(',')}]`
  if (name === JOBS) {
    await client.query('select platform.add_jobs($1::jsonb)', [rows])
    return
  }
  const now = columns.filter((column) => !later.includes(column)).map((column) => pg.escapeIdentifier(column))
  await client.query(
    `insert into ${quoted(name)} (${now.join(', ')}) select ${now.join(', ')} from jsonb_populate_recordset(null::${quoted(name)}, $1::jsonb)`,
    [rows],
  )
}

/** Fills the columns that waited, for these rows of the table. */
export async function pointBack(
  client: pg.ClientBase,
  { name }: CarriedTable,
  lines: readonly string[],
  later: readonly string[],
): Promise<void> {
  if (lines.length === 0) return
  const key = await keyOf(client, name)
  const same = key.map((column) => `t.${pg.escapeIdentifier(column)} = given.${pg.escapeIdentifier(column)}`)
  const set = later.map((column) => `${pg.escapeIdentifier(column)} = given.${pg.escapeIdentifier(column)}`)
  await client.query(
    `update ${quoted(name)} as t set ${set.join(', ')} from jsonb_populate_recordset(null::${quoted(name)}, $1::jsonb) as given
     where ${same.join(' and ')}`,
    [`[${lines.join(',')}]`],
  )
}

export async function findWorkspaces(client: pg.ClientBase): Promise<{ id: string; name: string }[]> {
  return (
    await client.query<{ id: string; name: string }>('select id, name from platform.workspaces order by name, id')
  ).rows
}

export async function findMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from platform.migrations order by name')
  return rows.map(({ name }) => name)
}

/** Hashes of the bytes of a workspace's files. */
export async function findContents(client: pg.ClientBase, workspaceId: string): Promise<string[]> {
  const { rows } = await client.query<{ sha256: string }>(
    `select distinct encode(sha256, 'hex') as sha256 from platform.files where workspace_id = $1 order by 1`,
    [workspaceId],
  )
  return rows.map(({ sha256 }) => sha256)
}
