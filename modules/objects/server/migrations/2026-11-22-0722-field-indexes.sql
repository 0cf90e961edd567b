-- Own fields for which an administrator asked for an index. The index itself stands beside the table of the object, named by the field.
create table objects.field_indexes (
  workspace_id uuid not null,
  field_id uuid not null,
  state text not null check (state in ('building', 'ready', 'failed')),
  -- Why it failed, as PostgreSQL says it.
  problem text,
  asked_at timestamptz(3) not null,
  ended_at timestamptz(3),
  primary key (workspace_id, field_id),
  foreign key (workspace_id, field_id) references objects.fields on delete cascade
);
select platform.protect('objects.field_indexes');
