-- Files laid to a person's card; those of conversations stay with their messages.
create table customers.person_files (
  workspace_id uuid not null,
  person_id uuid not null,
  file_id uuid not null,
  operator_name text not null,
  created_at timestamptz(3) not null default now(),
  primary key (workspace_id, person_id, file_id),
  foreign key (workspace_id, person_id) references customers.people on delete cascade,
  foreign key (workspace_id, file_id) references platform.files
);
select platform.protect('customers.person_files');
