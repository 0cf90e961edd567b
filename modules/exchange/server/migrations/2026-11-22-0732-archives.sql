-- Whole workspaces that an administrator takes along. The rows stay as the log of who did so; the files end.
create table exchange.archives (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  name text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'ended')),
  -- Rows and files written so far, and in all.
  done bigint not null default 0,
  total bigint,
  size_bytes bigint,
  problem text,
  operator_id uuid not null,
  created_at timestamptz(3) not null,
  started_at timestamptz,
  -- Whoever makes it says so now and then; one that has fallen silent was left by a process that died.
  heard_at timestamptz not null,
  finished_at timestamptz,
  ends_at timestamptz not null,
  taken_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, operator_id) references access.operators
);
create unique index archives_one_at_a_time on exchange.archives (workspace_id) where state in ('waiting', 'running');
create index archives_to_end on exchange.archives (ends_at) where state <> 'ended';
select platform.protect('exchange.archives');
