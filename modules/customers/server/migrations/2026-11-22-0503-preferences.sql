-- What a person wishes: by which channel for what, and how often. A consent says what we may; this says what they like.
create table customers.preferences (
  workspace_id uuid not null,
  person_id uuid not null,
  channel text not null,
  purpose text not null,
  is_welcome boolean not null,
  -- Null = as often as there is something to say.
  per_month int check (per_month between 1 and 100),
  changed_at timestamptz not null default now(),
  changed_by text not null,
  primary key (workspace_id, person_id, channel, purpose),
  foreign key (workspace_id, person_id) references customers.people on delete cascade
);
select platform.protect('customers.preferences');
