import type pg from 'pg'

/** Schemas that are Okno's own: PostgreSQL's and the job queue's are left out. */
const OURS = `n.nspname !~ '^(pg_|information_schema$|graphile_worker$)'`
/** Things that an extension brought are the extension's. */
const notOfExtension = (oid: string, table: string) =>
  `not exists (select from pg_depend e where e.classid = '${table}'::regclass and e.objid = ${oid} and e.deptype = 'e')`

/** Rights as sorted "role: right, right", without those of the owner and of superusers; `acl` may be null = the default. */
const grants = (acl: string, owner: string) => `(
  select string_agg(line, '; ' order by line) from (
    select format('%s: %s', coalesce(r.rolname, 'public'), string_agg(a.privilege_type, ', ' order by a.privilege_type)) as line
    from aclexplode(${acl}) a left join pg_roles r on r.oid = a.grantee
    where a.grantee <> ${owner} and coalesce(r.rolsuper, false) = false
    group by r.rolname
  ) as lines)`

const PARTS: readonly { title: string; sql: string }[] = [
  {
    title: 'extensions',
    sql: `select format('extension %s', extname) as line from pg_extension where extname <> 'plpgsql' order by extname`,
  },
  {
    title: 'schemas',
    sql: `select format('schema %I%s', n.nspname, ' grants ' || ${grants('n.nspacl', 'n.nspowner')}) as line
      from pg_namespace n where ${OURS} order by n.nspname`,
  },
  {
    title: 'types',
    sql: `select format('type %s %s', t.oid::regtype, case t.typtype
        when 'e' then 'enum ' || (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid)
        when 'd' then concat_ws(' ', 'domain', format_type(t.typbasetype, t.typtypmod), case when t.typnotnull then 'not null' end, t.typdefault,
          (select string_agg(pg_get_constraintdef(c.oid), ' ' order by c.conname) from pg_constraint c where c.contypid = t.oid and c.contype = 'c'))
        when 'r' then 'range'
        else 'composite ' || (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
          from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) end) as line
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where ${OURS} and (t.typtype in ('e', 'd', 'r') or (t.typtype = 'c' and exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')))
        and ${notOfExtension('t.oid', 'pg_type')}
      order by n.nspname, t.typname`,
  },
  {
    title: 'tables, views, sequences',
    sql: `select concat_ws(e'\\n',
        format('%s %s%s', case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
          c.oid::regclass, concat_ws(' ', '', case c.relpersistence when 'u' then 'unlogged' end, case when c.relrowsecurity then 'row security' end,
          case when c.relforcerowsecurity then 'forced' end, 'partition by ' || pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
          'with (' || array_to_string(c.reloptions, ', ') || ')')),
        (select string_agg(concat_ws(' ', '  column', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
            case when a.attcollation <> t.typcollation then 'collate ' || a.attcollation::regcollation end,
            case when a.attnotnull then 'not null' end,
            case when a.attidentity <> '' then 'identity' end,
            case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end,
            case when d.oid is not null then 'default ' || pg_get_expr(d.adbin, d.adrelid) end), e'\\n' order by a.attname)
          from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and c.relkind <> 'S'),
        (select string_agg(format('  constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), e'\\n' order by k.conname)
          from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'),
        (select string_agg('  ' || pg_get_indexdef(i.indexrelid), e'\\n' order by i.indexrelid::regclass::text)
          from pg_index i where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))),
        (select string_agg(concat_ws(' ', '  policy', quote_ident(p.polname), case when not p.polpermissive then 'restrictive' end,
            case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end, 'to',
            (select string_agg(coalesce(r.rolname, 'public'), ', ' order by r.rolname) from unnest(p.polroles) as id left join pg_roles r on r.oid = id),
            'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid)), e'\\n' order by p.polname)
          from pg_policy p where p.polrelid = c.oid),
        (select string_agg('  ' || pg_get_triggerdef(g.oid), e'\\n' order by g.tgname) from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal),
        '  grants ' || ${grants('c.relacl', 'c.relowner')},
        (select string_agg(format('  grants on %I %s', attname, rights), e'\\n' order by attname) from (
          select a.attname, ${grants('a.attacl', 'c.relowner')} as rights from pg_attribute a where a.attrelid = c.oid and a.attacl is not null) as columns),
        case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'S') and ${notOfExtension('c.oid', 'pg_class')}
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i') and c.relkind = 'S')
      order by n.nspname, c.relname`,
  },
  {
    title: 'functions',
    sql: `select concat_ws(e'\\n', rtrim(pg_get_functiondef(p.oid), e'\\n'), '  grants ' || ${grants('p.proacl', 'p.proowner')}) as line
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${OURS} and p.prokind in ('f', 'p') and ${notOfExtension('p.oid', 'pg_proc')}
      order by n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)`,
  },
  {
    title: 'text search',
    sql: `select concat_ws(e'\\n', format('configuration %I.%I', n.nspname, c.cfgname),
        (select string_agg(format('  %s %s', m.mapseqno, d.dictname || ' for ' || t.alias), e'\\n' order by t.alias, m.mapseqno)
          from pg_ts_config_map m join pg_ts_dict d on d.oid = m.mapdict join ts_token_type(c.cfgparser) t on t.tokid = m.maptokentype
          where m.mapcfg = c.oid)) as line
      from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace where ${OURS} order by n.nspname, c.cfgname`,
  },
  { title: 'migrations', sql: `select format('migration %s', name) as line from platform.migrations order by name` },
]

/**
 * The whole schema of a migrated database as text: the same for the same schema, on every machine and however it came
 * about. Columns are sorted by name, so a column that was added later stands where one that was always there does.
 */
export async function describeSchema(client: pg.ClientBase): Promise<string> {
  // Names are written without their schema when the search path holds it; this one holds none of ours.
  await client.query(`set search_path to pg_catalog`)
  const parts: string[] = []
  for (const { title, sql } of PARTS) {
    const { rows } = await client.query<{ line: string }>(sql)
    parts.push([`-- ${title}`, ...rows.map(({ line }) => (line.includes('\n') ? `\n${line}` : line))].join('\n'))
  }
  return `${parts.join('\n\n')}\n`
}
