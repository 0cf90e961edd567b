-- One field of many objects changed at once: what was asked, how far it is, and what stood there before, so that it can be undone.

create table objects.bulk_edits (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  -- Key of the object, declared or custom, and of its field.
  object text not null,
  field text not null,
  op text not null check (op in ('set', 'clear', 'add', 'remove')),
  value jsonb,
  state text not null check (state in ('running', 'done', 'stopped', 'undoing', 'undone')),
  operator_id uuid not null,
  operator_name text not null,
  -- Who takes it back.
  undone_by uuid,
  total int not null,
  changed int not null default 0,
  same int not null default 0,
  failed int not null default 0,
  undone int not null default 0,
  left_alone int not null default 0,
  created_at timestamptz(3) not null,
  ended_at timestamptz(3),
  primary key (workspace_id, id)
);
create index bulk_edits_newest on objects.bulk_edits (workspace_id, created_at, id);
select platform.protect('objects.bulk_edits');

create table objects.bulk_edit_rows (
  workspace_id uuid not null,
  edit_id uuid not null,
  -- The object that is changed.
  thing_id uuid not null,
  -- same: it held the value already. left: not taken back, see problem.
  state text not null check (state in ('waiting', 'changed', 'same', 'failed', 'undone', 'left')),
  before jsonb,
  after jsonb,
  -- Code of what is in the way.
  problem text,
  primary key (workspace_id, edit_id, thing_id),
  foreign key (workspace_id, edit_id) references objects.bulk_edits on delete cascade
);
create index bulk_edit_rows_by_state on objects.bulk_edit_rows (workspace_id, edit_id, state, thing_id);
select platform.protect('objects.bulk_edit_rows');
