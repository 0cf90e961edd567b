-- Objects and fields that a workspace describes itself, and the values that must be unique among them.

create schema objects;
grant usage on schema objects to okno_app;

-- Moves with every change of a description, so that a process knows whether what it remembers is still so.
create table objects.versions (
  workspace_id uuid primary key references platform.workspaces,
  version bigint not null
);
select platform.protect('objects.versions');

create table objects.objects (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  -- Stable and chosen once; without the `custom.` before it.
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  -- {one: {en, ru}, many: {en, ru}}
  label jsonb not null,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, key)
);
select platform.protect('objects.objects');

create table objects.fields (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  -- Key of the object, declared or custom.
  object text not null,
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  type text not null,
  -- Everything about it that may change: label, help, options, target, default, formula, rights…
  description jsonb not null,
  position int not null default 0,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, object, key)
);
select platform.protect('objects.fields');

create table objects.records (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  object_id uuid not null,
  name text not null check (length(name) between 1 and 300),
  custom jsonb not null default '{}',
  archived_at timestamptz,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, object_id) references objects.objects
);
create index records_newest on objects.records (workspace_id, object_id, created_at, id);
create index records_by_name on objects.records (workspace_id, object_id, lower(name), id);
-- Equality of any custom value, references to and fro among them.
create index records_by_custom on objects.records using gin (workspace_id, custom jsonb_path_ops) where custom <> '{}';
select platform.protect('objects.records');

-- One row per value of a unique field: the key holds them apart, whoever writes at the same time.
create table objects.unique_values (
  workspace_id uuid not null,
  field_id uuid not null,
  -- In lower case, as it is compared.
  value text not null,
  -- The object that holds it.
  holder_id uuid not null,
  primary key (workspace_id, field_id, value),
  foreign key (workspace_id, field_id) references objects.fields on delete cascade
);
create index unique_values_of_holder on objects.unique_values (workspace_id, holder_id);
select platform.protect('objects.unique_values');
