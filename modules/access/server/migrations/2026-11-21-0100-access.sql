-- Who works here. Sign-in tables (users, sessions, credentials, keys) belong to the sign-in library and stand outside workspaces: they are read
-- before a workspace is known, only by the owner role. Everything else is a workspace's own.

create schema access;
grant usage on schema access to okno_app;

create table access.users (
  id uuid primary key default uuidv7(),
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "twoFactorEnabled" boolean default false,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);

create table access.sessions (
  id uuid primary key default uuidv7(),
  "userId" uuid not null references access.users on delete cascade,
  token text not null unique,
  "expiresAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index sessions_of_user on access.sessions ("userId");

create table access.credentials (
  id uuid primary key default uuidv7(),
  "userId" uuid not null references access.users on delete cascade,
  "accountId" text not null,
  "providerId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  "idToken" text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index credentials_of_user on access.credentials ("userId");

create table access.verifications (
  id uuid primary key default uuidv7(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verifications_by_identifier on access.verifications (identifier);

create table access.two_factors (
  id uuid primary key default uuidv7(),
  "userId" uuid not null references access.users on delete cascade,
  secret text not null,
  "backupCodes" text not null,
  verified boolean default true,
  "failedVerificationCount" int default 0,
  "lockedUntil" timestamptz
);
create index two_factors_of_user on access.two_factors ("userId");

-- Keys for programs. Only the SHA-256 of a key is kept.
create table access.api_keys (
  id uuid primary key default uuidv7(),
  -- 'environment' = the fixed key given by OKNO_API_KEY, 'default' = made by an operator.
  "configId" text not null default 'default',
  name text,
  start text,
  prefix text,
  key text not null unique,
  "referenceId" uuid not null references access.users on delete cascade,
  "refillInterval" int,
  "refillAmount" int,
  "lastRefillAt" timestamptz,
  enabled boolean not null default true,
  "rateLimitEnabled" boolean not null default false,
  "rateLimitTimeWindow" int,
  "rateLimitMax" int,
  "requestCount" int not null default 0,
  remaining int,
  "lastRequest" timestamptz,
  "expiresAt" timestamptz,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  permissions text,
  metadata text
);
create index api_keys_of_user on access.api_keys ("referenceId");

-- Guesses at a password or code within a window of time, by address and by e-mail, shared by all processes.
create table access.attempts (
  key text primary key,
  count int not null,
  ends_at timestamptz not null
);
create index attempts_by_end on access.attempts (ends_at);

create table access.teams (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  name text not null check (length(name) between 1 and 100),
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index teams_by_name on access.teams (workspace_id, lower(name)) where archived_at is null;
select platform.protect('access.teams');

create table access.operators (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  -- One account works in one workspace.
  user_id uuid not null unique references access.users on delete restrict,
  name text not null check (length(name) between 1 and 200),
  email text not null,
  role text not null check (role in ('operator', 'supervisor', 'administrator')),
  -- Conversations one person can hold at a time.
  capacity int not null default 8 check (capacity between 0 and 1000),
  locale text not null default 'ru' check (locale in ('ru', 'en')),
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index operators_by_name on access.operators (workspace_id, lower(name), id);
select platform.protect('access.operators');

-- Accounts have no workspace of their own: `okno_app` reaches those of its workspace's operators, and of their columns only what
-- use cases need. Never a password, a token or a second factor's secret.
create function access.protect_account(target regclass, user_column text) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy housekeeping on %s to %I using (true) with check (true)', target, current_user);
  execute format('create policy own_operators on %s to okno_app using (exists (select from access.operators where user_id = %s.%I))', target, target, user_column);
end $$;
select access.protect_account('access.users', 'id');
select access.protect_account('access.credentials', 'userId');
select access.protect_account('access.sessions', 'userId');
select access.protect_account('access.two_factors', 'userId');
select access.protect_account('access.api_keys', 'referenceId');
drop function access.protect_account(regclass, text);
-- An account is written before the operator who owns it.
create policy new_account on access.users for insert to okno_app with check (true);
grant insert (id, name, email), select (id, "twoFactorEnabled"), update (name, "twoFactorEnabled", "updatedAt") on access.users to okno_app;
grant insert ("userId", "accountId", "providerId", password), select ("userId", "providerId"), update (password, "updatedAt") on access.credentials to okno_app;
grant select ("userId"), delete on access.sessions to okno_app;
grant select ("userId"), delete on access.two_factors to okno_app;
grant select (id, "configId", name, start, "referenceId", "lastRequest", "createdAt"), delete on access.api_keys to okno_app;

create table access.team_members (
  workspace_id uuid not null,
  team_id uuid not null,
  operator_id uuid not null,
  primary key (workspace_id, team_id, operator_id),
  foreign key (workspace_id, team_id) references access.teams on delete cascade,
  foreign key (workspace_id, operator_id) references access.operators on delete cascade
);
create index teams_of_operator on access.team_members (workspace_id, operator_id);
select platform.protect('access.team_members');

-- What an operator chose ("available", "away") and when a window of theirs was last seen. Present = available and seen lately.
create table access.presence (
  workspace_id uuid not null,
  operator_id uuid not null,
  availability text not null default 'available' check (availability in ('available', 'away')),
  seen_at timestamptz not null default '-infinity',
  -- What was last told to others; it follows the two columns above within a minute.
  is_present boolean not null default false,
  primary key (workspace_id, operator_id),
  foreign key (workspace_id, operator_id) references access.operators on delete cascade
);
create index presence_to_end on access.presence (seen_at) where is_present;
select platform.protect('access.presence');
