-- Files that were made for somebody to take away. The file lies beside the database until it ends.
create table exchange.exports (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('list', 'person')),
  -- What is asked for, by kind; emptied when the file ends, because a condition may name somebody.
  order_of jsonb not null,
  name text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'ended')),
  done bigint not null default 0,
  total bigint,
  size_bytes bigint,
  problem text,
  operator_id uuid not null,
  created_at timestamptz(3) not null,
  finished_at timestamptz,
  ends_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, operator_id) references access.operators
);
create index exports_of_operator on exchange.exports (workspace_id, operator_id, created_at desc);
create index exports_to_end on exchange.exports (ends_at) where state <> 'ended';
select platform.protect('exchange.exports');
