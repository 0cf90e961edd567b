-- People who live or buy together: one household each. They stay people of their own; what they share are addresses.
create table customers.households (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
select platform.protect('customers.households');

create table customers.household_members (
  workspace_id uuid not null,
  person_id uuid not null,
  household_id uuid not null,
  -- Who they are to the others, in free words: mother, son, flatmate.
  part text,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references customers.people on delete cascade,
  foreign key (workspace_id, household_id) references customers.households on delete cascade
);
create index household_members_of on customers.household_members (workspace_id, household_id);
select platform.protect('customers.household_members');
