-- How two people stand to each other, told once: `kind` is what `other_id` is to `person_id`.
create table customers.relations (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  other_id uuid not null,
  kind text not null,
  note text,
  operator_name text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, person_id, other_id, kind),
  check (person_id <> other_id),
  foreign key (workspace_id, person_id) references customers.people on delete cascade,
  foreign key (workspace_id, other_id) references customers.people on delete cascade
);
create index relations_of_other on customers.relations (workspace_id, other_id);
select platform.protect('customers.relations');
