-- Proof of erasures. Holds nothing that tells who was erased: identities are hashes with a key that lies outside the database.
create table customers.erasures (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  -- The card that was shown; it stays, anonymous, and so do the others.
  person_id uuid not null,
  cards uuid[] not null,
  erased_at timestamptz not null,
  operator_id uuid,
  operator_name text not null,
  ground text not null,
  note text not null default '',
  -- Rows emptied or removed, by table.
  counts jsonb not null,
  identities bytea[] not null,
  -- What the search for leftovers found afterwards: rows of others that still speak of this person, by table. Null = it has not ended yet.
  checked_at timestamptz,
  mentions jsonb,
  primary key (workspace_id, id)
);
create index erasures_by_identity on customers.erasures using gin (identities);
select platform.protect('customers.erasures');
-- A proof is not changed: only what the search found is added.
revoke update, delete on customers.erasures from okno_app;
grant update (checked_at, mentions) on customers.erasures to okno_app;
