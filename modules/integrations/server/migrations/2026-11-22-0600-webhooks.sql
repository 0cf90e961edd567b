-- Webhooks: what happens in a workspace is told to other systems, in order for each object, until they have taken it.

create schema integrations;
grant usage on schema integrations to okno_app;

-- since_xid: what happened before the webhook was made is not told to it. It has a default, so that a restored database gives it anew.
create table integrations.webhooks (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  name text not null check (length(name) between 1 and 100),
  url text not null check (length(url) between 1 and 2000),
  events text[] not null check (cardinality(events) between 1 and 100),
  with_object boolean not null,
  allow_private boolean not null,
  state text not null default 'active' check (state in ('active', 'paused', 'off')),
  off_because text check (off_because in ('gone', 'failing')),
  secret text not null,
  old_secret text,
  old_secret_until timestamptz,
  since_xid xid8 not null default pg_current_xact_id(),
  failing_since timestamptz,
  last_reason text,
  last_reason_code text,
  last_taken_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check ((state = 'off') = (off_because is not null))
);
select platform.protect('integrations.webhooks');

-- How far the stored events of a workspace have been read.
create table integrations.positions (
  workspace_id uuid primary key references platform.workspaces,
  xid xid8 not null default pg_current_xact_id(),
  seq bigint not null
);
select platform.protect('integrations.positions');

-- next_try_at stands only at the first unsettled delivery of a lane: those behind it wait without being looked at.
create table integrations.deliveries (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  webhook_id uuid not null,
  event_id text not null,
  event_seq bigint not null,
  type text not null,
  lane text not null,
  occurred_at timestamptz not null,
  actor jsonb not null,
  data jsonb not null,
  body text,
  state text not null default 'queued' check (state in ('queued', 'sending', 'delivered', 'given_up')),
  attempts integer not null default 0,
  first_try_at timestamptz,
  next_try_at timestamptz,
  lease_until timestamptz,
  status integer,
  reason text,
  reason_code text,
  settled_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, webhook_id) references integrations.webhooks on delete cascade
);
select platform.protect('integrations.deliveries');
create unique index deliveries_once on integrations.deliveries (workspace_id, webhook_id, event_id);
create index deliveries_due on integrations.deliveries (workspace_id, webhook_id, next_try_at)
  where state = 'queued' and next_try_at is not null;
create index deliveries_in_lane on integrations.deliveries (workspace_id, webhook_id, lane, event_seq)
  where state in ('queued', 'sending');
create index deliveries_log on integrations.deliveries (workspace_id, webhook_id, occurred_at, id);
create index deliveries_being_sent on integrations.deliveries (lease_until) where state = 'sending';
create index deliveries_by_age on integrations.deliveries using brin (occurred_at);

create table integrations.attempts (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  delivery_id uuid not null,
  at timestamptz not null,
  took_ms integer not null,
  status integer,
  reason text,
  reason_code text,
  answer text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, delivery_id) references integrations.deliveries on delete cascade
);
select platform.protect('integrations.attempts');
create index attempts_of on integrations.attempts (workspace_id, delivery_id);
