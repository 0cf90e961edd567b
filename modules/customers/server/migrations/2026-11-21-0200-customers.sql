-- People, companies, the ways to recognise them, what happened with them and what they agreed to.

-- Instants that lists are sorted by are kept to the millisecond: a cursor travels through JavaScript dates, which know no smaller part.
create schema customers;
grant usage on schema customers to okno_app;

create table customers.people (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  -- As shown everywhere; from the parts when they are known, else what the channel gave.
  name text not null check (length(name) between 1 and 300),
  -- Made from an address because nobody gave a name: replaced by the first real one.
  name_is_stand_in boolean not null default false,
  first_name text,
  last_name text,
  middle_name text,
  stage text not null default 'lead' check (stage in ('lead', 'customer', 'former')),
  owner_id uuid,
  locale text,
  time_zone text,
  city text,
  note text not null default '',
  custom jsonb not null default '{}',
  -- Which channel opened the card.
  origin text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references access.operators
);
create index people_newest on customers.people (workspace_id, created_at desc, id desc);
create index people_by_name on customers.people (workspace_id, lower(name), id);
create index people_of_owner on customers.people (workspace_id, owner_id, created_at desc, id desc);
create index people_of_stage on customers.people (workspace_id, stage, created_at desc, id desc);
select platform.protect('customers.people');

create table customers.companies (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  name text not null check (length(name) between 1 and 300),
  inn text,
  site text,
  city text,
  note text not null default '',
  custom jsonb not null default '{}',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index companies_newest on customers.companies (workspace_id, created_at desc, id desc);
create index companies_by_name on customers.companies (workspace_id, lower(name), id);
select platform.protect('customers.companies');

create table customers.employments (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  company_id uuid not null,
  position text,
  since date,
  until date,
  primary key (workspace_id, id),
  unique (workspace_id, person_id, company_id),
  foreign key (workspace_id, person_id) references customers.people on delete cascade,
  foreign key (workspace_id, company_id) references customers.companies on delete cascade
);
create index employees on customers.employments (workspace_id, company_id);
select platform.protect('customers.employments');

-- One scoped way to recognise a person. Scope = the channel account whose provider gave the id out; '' for e-mail and phone, which
-- mean the same everywhere.
create table customers.identities (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  kind text not null check (kind in ('email', 'phone', 'visitor', 'external', 'channel')),
  scope text not null default '',
  value text not null check (length(value) between 1 and 500),
  -- The channel vouches for it. A claim (typed by somebody) identifies nobody by itself.
  proven boolean not null,
  -- Why we believe it: [{source, accountId, arrivalId, at}], first evidence first.
  evidence jsonb not null default '[]',
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references customers.people on delete cascade
);
create unique index identities_proven on customers.identities (workspace_id, kind, scope, value) where proven;
create unique index identities_once on customers.identities (workspace_id, kind, scope, value, person_id);
create index identities_of_person on customers.identities (workspace_id, person_id);
select platform.protect('customers.identities');

-- "Maybe the same": two cards with a common claim. Never joined by itself.
create table customers.likenesses (
  workspace_id uuid not null,
  person_id uuid not null,
  other_id uuid not null,
  -- [{kind, value}]: what they have in common.
  reasons jsonb not null,
  state text not null default 'open' check (state in ('open', 'dismissed')),
  found_at timestamptz not null default now(),
  primary key (workspace_id, person_id, other_id),
  check (person_id < other_id),
  foreign key (workspace_id, person_id) references customers.people on delete cascade,
  foreign key (workspace_id, other_id) references customers.people on delete cascade
);
create index likenesses_of_other on customers.likenesses (workspace_id, other_id);
select platform.protect('customers.likenesses');

-- Everything that happened with a customer. Modules record into it in their own transaction; a card reads one index range.
create table customers.timeline (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  at timestamptz(3) not null,
  -- `inbox.conversation_opened`, `customers.person_created`…: the module that recorded it draws it.
  kind text not null,
  -- The thing it is about.
  object text,
  object_id uuid,
  data jsonb not null default '{}',
  -- The same fact recorded twice is one entry.
  once text,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references customers.people on delete cascade
);
create index timeline_of_person on customers.timeline (workspace_id, person_id, at desc, id desc);
create unique index timeline_once on customers.timeline (workspace_id, person_id, once) where once is not null;
select platform.protect('customers.timeline');

-- Ledger: a row is never changed but for its withdrawal.
create table customers.consents (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  person_id uuid not null,
  purpose text not null,
  text_version int not null,
  text text not null,
  source text not null,
  given_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references customers.people on delete cascade
);
create index consents_of_person on customers.consents (workspace_id, person_id, given_at desc);
select platform.protect('customers.consents');
