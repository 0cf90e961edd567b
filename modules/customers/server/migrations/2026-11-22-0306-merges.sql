-- Who was joined to whom, why, and what the shown card took over. Active = not undone; active merges make chains, never rings.
create table customers.merges (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  kept_id uuid not null,
  hidden_id uuid not null,
  -- {field: {before, after, from}}: fields of the kept card that follow the choice; `from` = the card whose value it was.
  taken jsonb not null default '{}',
  -- Evidence as the pair had it.
  evidence jsonb not null default '[]',
  -- Null = Okno itself, above the threshold.
  operator_id uuid,
  operator_name text not null,
  merged_at timestamptz not null default now(),
  undone_at timestamptz,
  undone_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id, kept_id) references customers.people on delete cascade,
  foreign key (workspace_id, hidden_id) references customers.people on delete cascade
);
create unique index merges_active on customers.merges (workspace_id, hidden_id) where undone_at is null;
create index merges_of_kept on customers.merges (workspace_id, kept_id);
create index merges_of_hidden on customers.merges (workspace_id, hidden_id);
select platform.protect('customers.merges');
