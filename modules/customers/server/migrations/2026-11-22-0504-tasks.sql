-- What somebody promised to do for a person.
create table customers.tasks (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  title text not null check (length(title) between 1 and 500),
  due_at timestamptz(3),
  assignee_id uuid,
  done_at timestamptz,
  done_by text,
  -- The due time of which the assignee has been told.
  reminded_of timestamptz(3),
  operator_id uuid,
  operator_name text not null,
  created_at timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references customers.people on delete cascade,
  foreign key (workspace_id, assignee_id) references access.operators
);
create index tasks_of_person on customers.tasks (workspace_id, person_id, created_at desc);
create index tasks_of_assignee on customers.tasks (workspace_id, assignee_id, due_at, id) where done_at is null;
select platform.protect('customers.tasks');
