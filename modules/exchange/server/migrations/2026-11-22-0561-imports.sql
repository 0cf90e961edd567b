-- Files that are taken in: how they are read, what their rows would become and what they became, so that an import can be looked through
-- before, goes on after a crash, and is taken back as a whole.

create table exchange.imports (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  object text not null,
  -- Until its rows have been taken in: it holds personal data.
  file_id uuid,
  file_name text not null,
  size_bytes bigint not null,
  state text not null default 'mapping'
    check (state in ('mapping', 'checking', 'checked', 'running', 'stopped', 'done', 'failed', 'undoing', 'undone')),
  reading jsonb not null,
  preset text,
  -- [{name, examples, target, dates, why}]
  columns jsonb not null,
  key text,
  on_match text not null default 'update' check (on_match in ('update', 'fill', 'skip')),
  is_proven boolean not null default false,
  expected jsonb,
  result jsonb,
  undo jsonb,
  -- Rows done in what is under way; the number of the last one of them.
  done int not null default 0,
  total int,
  problem jsonb,
  operator_id uuid,
  operator_name text not null,
  created_at timestamptz(3) not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, file_id) references platform.files,
  foreign key (workspace_id, operator_id) references access.operators
);
select platform.protect('exchange.imports');

-- Rows of the file and what the check says of them.
create table exchange.rows (
  workspace_id uuid not null,
  import_id uuid not null,
  number int not null,
  cells text[] not null,
  -- The value by which rows of the file are the same.
  key text,
  outcome text not null check (outcome in ('created', 'changed', 'joined', 'same', 'refused')),
  detail jsonb not null default '{}',
  primary key (workspace_id, import_id, number),
  foreign key (workspace_id, import_id) references exchange.imports on delete cascade
);
create index rows_by_key on exchange.rows (workspace_id, import_id, key) where key is not null;
create index rows_by_outcome on exchange.rows (workspace_id, import_id, outcome, number);
select platform.protect('exchange.rows');

-- What became of the rows, with everything that is needed to take them back.
create table exchange.results (
  workspace_id uuid not null,
  import_id uuid not null,
  number int not null,
  outcome text not null check (outcome in ('created', 'changed', 'joined', 'same', 'refused')),
  card_id uuid,
  detail jsonb not null default '{}',
  -- {kind, left}: what the undo did with it.
  undone jsonb,
  primary key (workspace_id, import_id, number),
  foreign key (workspace_id, import_id) references exchange.imports on delete cascade
);
create index results_by_card on exchange.results (workspace_id, card_id) where card_id is not null;
select platform.protect('exchange.results');

-- Which field a heading filled the last time.
create table exchange.known_headings (
  workspace_id uuid not null references platform.workspaces,
  object text not null,
  heading text not null,
  target text,
  dates text,
  primary key (workspace_id, object, heading)
);
select platform.protect('exchange.known_headings');
