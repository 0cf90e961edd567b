-- Accounts of channels, raw arrivals, deliveries, and the site chat's own transcript.

create schema channels;
grant usage on schema channels to okno_app;

create table channels.accounts (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  kind text not null,
  name text not null check (length(name) between 1 and 200),
  -- Public, unguessable name of this account in addresses of webhooks, forms and the chat.
  key text not null unique check (length(key) between 16 and 100),
  -- As the adapter's schema describes; secret fields are sealed.
  config jsonb not null,
  -- Address as customers see it (support@…), for showing and for finding the account of a recipient.
  address text,
  team_id uuid,
  is_enabled boolean not null default true,
  health text not null default 'new' check (health in ('new', 'connecting', 'connected', 'failing')),
  health_reason text,
  health_at timestamptz,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, team_id) references access.teams
);
create index accounts_by_address on channels.accounts (lower(address)) where archived_at is null;
select platform.protect('channels.accounts');

create table channels.account_state (
  workspace_id uuid not null,
  account_id uuid not null,
  key text not null,
  value jsonb not null,
  primary key (workspace_id, account_id, key),
  foreign key (workspace_id, account_id) references channels.accounts on delete cascade
);
select platform.protect('channels.account_state');

-- A raw payload as a provider handed it over, stored before it is read.
create table channels.arrivals (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  account_id uuid not null,
  key text not null check (length(key) between 1 and 1000),
  received_at timestamptz not null,
  headers jsonb not null default '{}',
  body bytea not null,
  state text not null default 'new' check (state in ('new', 'read', 'unreadable')),
  reason text,
  attempts int not null default 0,
  -- After a failed reading: not before.
  next_try_at timestamptz,
  read_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, account_id, key),
  foreign key (workspace_id, account_id) references channels.accounts
);
create index arrivals_to_read on channels.arrivals (workspace_id, account_id, id) where state = 'new';
create index arrivals_unreadable on channels.arrivals (workspace_id, id desc) where state = 'unreadable';
select platform.protect('channels.arrivals');

-- One outgoing message on its way to a provider. Its id is the message's id.
create table channels.deliveries (
  workspace_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  -- Lane: deliveries of one conversation leave one after another.
  lane uuid not null,
  message jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown')),
  attempts int not null default 0,
  -- Since when it waits: a resend starts anew. Deliveries are given up three days after this.
  queued_at timestamptz not null default now(),
  next_try_at timestamptz not null default now(),
  -- The process that sends renews this; once it has passed, the process is dead and the outcome unknown.
  lease_until timestamptz,
  provider_id text,
  reason text,
  -- Machine form of the reason: ChannelError.reason, 'bounced', 'interrupted'.
  reason_code text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references channels.accounts
);
create index deliveries_to_send on channels.deliveries (workspace_id, account_id, next_try_at, id) where state in ('queued', 'sending');
create index deliveries_in_lane on channels.deliveries (workspace_id, account_id, lane, id) where state in ('queued', 'sending');
create index deliveries_sending on channels.deliveries (lease_until) where state = 'sending';
create index deliveries_waiting on channels.deliveries (queued_at) where state = 'queued';
create index deliveries_by_provider_id on channels.deliveries (workspace_id, account_id, provider_id) where provider_id is not null;
select platform.protect('channels.deliveries');

-- Site chat: here Okno is the provider. One thread per visitor of an account: its id is the visitor's.
create table channels.chat_threads (
  workspace_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  last_seq int not null default 0,
  -- Last entry that the visitor's browser has fetched, and the last one that the visitor has seen.
  delivered_seq int not null default 0,
  read_seq int not null default 0,
  -- Where the talk goes on when the visitor has left the page.
  email text,
  page jsonb,
  -- The visitor's page is open until then; renewed while it is.
  online_until timestamptz not null default now(),
  last_entry_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references channels.accounts
);
create index chat_threads_by_last_entry on channels.chat_threads (last_entry_at);
select platform.protect('channels.chat_threads');

create table channels.chat_entries (
  workspace_id uuid not null,
  thread_id uuid not null,
  seq int not null,
  direction text not null check (direction in ('in', 'out')),
  -- The visitor's own id of an entry (repeats are one), or our message id.
  entry_key text not null,
  author_name text,
  text text not null,
  files jsonb not null default '[]',
  at timestamptz not null default now(),
  primary key (workspace_id, thread_id, seq),
  unique (workspace_id, thread_id, entry_key),
  foreign key (workspace_id, thread_id) references channels.chat_threads on delete cascade
);
select platform.protect('channels.chat_entries');
