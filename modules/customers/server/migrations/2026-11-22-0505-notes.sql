-- What operators write down about a person, each by its author.
create table customers.notes (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  text text not null check (length(text) between 1 and 20000),
  is_pinned boolean not null default false,
  operator_id uuid,
  operator_name text not null,
  created_at timestamptz(3) not null default now(),
  edited_at timestamptz,
  -- What it said before, oldest first: [{text, at, by}].
  versions jsonb not null default '[]',
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references customers.people on delete cascade
);
create index notes_of_person on customers.notes (workspace_id, person_id, created_at desc);
select platform.protect('customers.notes');
