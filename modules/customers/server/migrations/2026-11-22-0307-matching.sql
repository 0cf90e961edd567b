-- What cards are compared by: written in batches soon after a card changed, never in the transaction of an arrival.
create table customers.match_cards (
  workspace_id uuid not null,
  person_id uuid not null,
  profile jsonb not null,
  keys bigint[] not null,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references customers.people on delete cascade
);
select platform.protect('customers.match_cards');

-- Cards with a key in common are compared. A key whose card is gone is harmless: it leads to no match_cards row.
create table customers.match_keys (
  workspace_id uuid not null,
  key bigint not null,
  person_id uuid not null,
  primary key (workspace_id, key, person_id)
);
select platform.protect('customers.match_keys');

create table customers.matching (
  workspace_id uuid not null primary key references platform.workspaces,
  -- Probabilities from which cards are joined by themselves, and from which a person is asked.
  auto real not null default 0.99,
  review real not null default 0.6,
  joins_by_itself boolean not null default true,
  -- What was learned from the cards; null = assumed weights.
  model jsonb,
  learned_at timestamptz,
  -- Events up to here have been followed.
  cursor text,
  -- The scan of all cards: {state, phase, position, cards, pairs, found, startedAt, endedAt}.
  scan jsonb
);
select platform.protect('customers.matching');
