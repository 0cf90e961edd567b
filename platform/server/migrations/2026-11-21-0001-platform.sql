-- The platform: tenancy by row-level security, events, search, audit, files. Runs as the owner of the database.

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gin;

create schema if not exists platform;

-- Everything that serves a person's request runs as this role: it cannot bypass row-level security, alter or drop anything.
do $$ begin
  if not exists (select from pg_roles where rolname = 'okno_app') then
    create role okno_app nologin;
  end if;
  execute format('grant okno_app to %I', current_user);
exception when duplicate_object or unique_violation then null; -- another process was first: roles are shared by the cluster
end $$;
grant usage on schema platform to okno_app;

create function platform.current_workspace() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('okno.workspace', true), '')::uuid;

-- Puts a table under row-level security: `okno_app` sees its workspace only, the owner (housekeeping) sees all.
create function platform.protect(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy one_workspace on %s to okno_app using (workspace_id = platform.current_workspace()) with check (workspace_id = platform.current_workspace())', target);
  execute format('create policy housekeeping on %s to %I using (true) with check (true)', target, current_user);
  execute format('grant select, insert, update, delete on %s to okno_app', target);
end $$;

-- Jobs are stored by whoever does the work they follow from; the queue itself stays out of that role's reach.
create function platform.add_jobs(jobs jsonb) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_jobs(array(
    select (
      job ->> 'identifier', (job -> 'payload')::json, job ->> 'queue_name', (job ->> 'run_at')::timestamptz,
      (job ->> 'max_attempts')::int, job ->> 'job_key', (job ->> 'priority')::int, null
    )::graphile_worker.job_spec
    from jsonb_array_elements(jobs) as job
  ));
end $$;
grant execute on function platform.add_jobs(jsonb) to okno_app;

create table platform.workspaces (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  locale text not null default 'ru' check (locale in ('ru', 'en')),
  time_zone text not null default 'Europe/Moscow',
  created_at timestamptz not null default now()
);
alter table platform.workspaces enable row level security;
alter table platform.workspaces force row level security;
create policy one_workspace on platform.workspaces to okno_app using (id = platform.current_workspace()) with check (id = platform.current_workspace());
do $$ begin execute format('create policy housekeeping on platform.workspaces to %I using (true) with check (true)', current_user); end $$;
grant select, update on platform.workspaces to okno_app;

-- What happened, in commit order as far as a reader can see: (xid, seq). A reader takes only rows whose transaction is older than every
-- running one, so nothing can appear behind its cursor later.
create table platform.events (
  workspace_id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  name text not null,
  data jsonb not null,
  actor jsonb not null,
  audience text[] not null,
  at timestamptz not null default now(),
  primary key (workspace_id, xid, seq)
);
create index events_in_order on platform.events (xid, seq);
create index events_by_age on platform.events using brin (at);
select platform.protect('platform.events');

-- One row per thing that can be found. Titles (names, numbers, addresses) are matched by trigrams, bodies by stemmed words.
create table platform.search_documents (
  workspace_id uuid not null,
  object text not null,
  id uuid not null,
  title text not null,
  body text not null default '',
  -- Extra fact for narrowing (person of a message, owner…) without reading the object.
  facts jsonb not null default '{}',
  at timestamptz not null default now(),
  words tsvector not null generated always as (
    setweight(to_tsvector('simple', title), 'A') || to_tsvector('russian', left(body, 100000)) || to_tsvector('english', left(body, 100000))
  ) stored,
  primary key (workspace_id, object, id)
);
create index search_words on platform.search_documents using gin (workspace_id, words);
create index search_titles on platform.search_documents using gin (workspace_id, lower(title) gin_trgm_ops);
select platform.protect('platform.search_documents');

-- Who changed or read what. Append-only for the product's own role.
create table platform.audit_log (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  at timestamptz not null default now(),
  operator_id uuid,
  action text not null,
  object text not null,
  object_id uuid,
  details jsonb not null default '{}',
  request_id text,
  primary key (workspace_id, id)
);
create index audit_by_object on platform.audit_log (workspace_id, object, object_id, id desc);
select platform.protect('platform.audit_log');
revoke update, delete on platform.audit_log from okno_app;

-- Files by content: the same bytes are kept once per workspace.
create table platform.files (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  sha256 bytea not null check (length(sha256) = 32),
  name text not null,
  mime text not null,
  size_bytes bigint not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index files_by_content on platform.files (workspace_id, sha256);
select platform.protect('platform.files');

-- Answers already given to a request that a client may repeat (`Idempotency-Key`).
create table platform.idempotent_answers (
  workspace_id uuid not null,
  key text not null,
  operator_id uuid not null,
  request_hash bytea not null,
  status int not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, operator_id, key)
);
select platform.protect('platform.idempotent_answers');
