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
  verified boolean default true
);
create index two_factors_of_user on access.two_factors ("userId");

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
  user_id uuid not null references access.users on delete restrict,
  name text not null check (length(name) between 1 and 200),
  email text not null,
  role text not null check (role in ('operator', 'supervisor', 'administrator')),
  -- Conversations one person can hold at a time.
  capacity int not null default 8 check (capacity between 0 and 1000),
  locale text not null default 'ru' check (locale in ('ru', 'en')),
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, user_id)
);
create index operators_by_user on access.operators (user_id);
select platform.protect('access.operators');

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
  primary key (workspace_id, operator_id),
  foreign key (workspace_id, operator_id) references access.operators on delete cascade
);
select platform.protect('access.presence');
