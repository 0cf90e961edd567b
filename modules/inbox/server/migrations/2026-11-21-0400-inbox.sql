-- Conversations, messages, routing: the one window.

create schema inbox;
grant usage on schema inbox to okno_app;

create table inbox.settings (
  workspace_id uuid primary key references platform.workspaces,
  -- Norms, minutes of business hours (first, next) and of the calendar (limit).
  first_answer_minutes int not null default 60 check (first_answer_minutes > 0),
  next_answer_minutes int not null default 60 check (next_answer_minutes > 0),
  limit_minutes int not null default 1440 check (limit_minutes > 0),
  -- A customer's message within so many days after closing reopens the conversation; later it starts a new one.
  reopen_days int not null default 7 check (reopen_days >= 0),
  -- {"mon": [["09:00","18:00"]], …, "holidays": ["2027-01-01", …]} in the workspace's time zone.
  business_hours jsonb not null
);
select platform.protect('inbox.settings');

-- Last conversation number given out. Apart from the settings, because every new conversation updates this row.
create table inbox.numbers (
  workspace_id uuid primary key references platform.workspaces,
  last_number bigint not null
) with (fillfactor = 10);
select platform.protect('inbox.numbers');

create table inbox.conversations (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  number bigint not null,
  person_id uuid not null,
  -- Account by which the customer wrote last.
  account_id uuid,
  subject text not null default '',
  status text not null default 'new' check (status in ('new', 'open', 'waiting', 'snoozed', 'closed')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  owner_id uuid,
  team_id uuid,
  tags text[] not null default '{}',
  -- Number of the last message: a reader that knows it knows whether the thread moved.
  last_seq int not null default 0,
  -- Moments by which lists are cut into pages have the precision that travels: milliseconds.
  last_message_at timestamptz(3) not null,
  last_text text not null default '',
  last_direction text not null default 'in' check (last_direction in ('in', 'out', 'note', 'event')),
  last_incoming_at timestamptz(3),
  -- Since when the customer waits for an answer: their oldest unanswered message.
  waiting_since timestamptz(3),
  -- When the present answer is due by the norm (first or next); null when nobody waits.
  due_at timestamptz(3),
  -- The latest moment for it, whatever the hours.
  limit_at timestamptz(3),
  first_incoming_at timestamptz(3),
  first_answered_at timestamptz(3),
  first_answer_seconds int,
  first_answer_in_time boolean,
  -- When the owner got it; null without an owner.
  assigned_at timestamptz(3),
  -- Who gets it when present and not full: the person's owner, else who had it before. Meaningful while nobody owns it.
  preferred_owner_id uuid,
  snoozed_until timestamptz(3),
  closed_at timestamptz(3),
  closed_by uuid,
  reopened_count int not null default 0,
  -- One line: why this owner, or why it waits in the queue. {code, params}
  routing jsonb,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  foreign key (workspace_id, person_id) references customers.people,
  foreign key (workspace_id, account_id) references channels.accounts,
  foreign key (workspace_id, owner_id) references access.operators,
  foreign key (workspace_id, preferred_owner_id) references access.operators,
  foreign key (workspace_id, closed_by) references access.operators,
  foreign key (workspace_id, team_id) references access.teams,
  check (status <> 'snoozed' or snoozed_until is not null),
  check ((status = 'closed') = (closed_at is not null)),
  check (waiting_since is null or status in ('new', 'open'))
);
-- The queue: who waits for us, most urgent first; then the rest of what is not closed, last word first. Small: closed ones are not in it.
create index conversations_due on inbox.conversations (workspace_id, due_at, id) where due_at is not null;
create index conversations_quiet on inbox.conversations (workspace_id, last_message_at desc, id desc) where due_at is null and status <> 'closed';
-- Who waits longest: for routing, and so that it is never hidden.
create index conversations_waiting on inbox.conversations (workspace_id, waiting_since, id) where waiting_since is not null;
-- What each operator holds: for the view "mine" and for their load.
create index conversations_at_hand on inbox.conversations (workspace_id, owner_id, status) where status <> 'closed';
-- Everything, last word first, also narrowed: a rare value must not lead through all of them.
create index conversations_recent on inbox.conversations (workspace_id, last_message_at desc, id desc);
create index conversations_of_person on inbox.conversations (workspace_id, person_id, last_message_at desc, id desc);
create index conversations_of_owner on inbox.conversations (workspace_id, owner_id, last_message_at desc, id desc) where owner_id is not null;
create index conversations_of_team on inbox.conversations (workspace_id, team_id, last_message_at desc, id desc) where team_id is not null;
create index conversations_of_account on inbox.conversations (workspace_id, account_id, last_message_at desc, id desc);
create index conversations_of_priority on inbox.conversations (workspace_id, priority, last_message_at desc, id desc) where priority <> 'normal';
create index conversations_by_tags on inbox.conversations using gin (workspace_id, tags) where tags <> '{}';
create index conversations_closed_by on inbox.conversations (workspace_id, closed_by, closed_at desc) where closed_by is not null;
select platform.protect('inbox.conversations');

-- Every tag that was ever given, for the list to choose from.
create table inbox.tags (
  workspace_id uuid not null references platform.workspaces,
  name text not null check (length(name) between 1 and 50),
  primary key (workspace_id, name)
);
select platform.protect('inbox.tags');

-- Under which provider threads a conversation is known, scoped by the participant: the same newsletter answered by two people is two talks.
create table inbox.threads (
  workspace_id uuid not null,
  account_id uuid not null,
  thread text not null,
  participant text not null,
  conversation_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, account_id, thread, participant),
  foreign key (workspace_id, conversation_id) references inbox.conversations on delete cascade
);
create index threads_of_conversation on inbox.threads (workspace_id, conversation_id);
select platform.protect('inbox.threads');

create table inbox.messages (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  -- Order within the conversation, without gaps.
  seq int not null,
  -- in, out: with the customer · note: internal, never sent · event: what happened with the conversation
  direction text not null check (direction in ('in', 'out', 'note', 'event')),
  account_id uuid,
  operator_id uuid,
  person_id uuid,
  from_name text,
  from_address text,
  -- Reply route: provider's thread and address of the other side at the time of this message.
  thread text,
  address text,
  subject text,
  text text not null default '',
  quoted text,
  -- Sanitised.
  html text,
  provider_id text,
  in_reply_to text,
  automatic text,
  context jsonb not null default '{}',
  -- For events: {code, params}.
  event jsonb,
  delivery text check (delivery in ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown')),
  delivery_reason text,
  delivery_reason_code text,
  arrival_id uuid,
  -- Where the sender can be reached by mail, when the channel told: a form is answered there.
  email text,
  -- Of an answer to somebody who waited: seconds since they wrote, or since the conversation became the writer's when that was later.
  wait_seconds int,
  is_first_answer boolean not null default false,
  sent_at timestamptz not null,
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, conversation_id, seq),
  foreign key (workspace_id, conversation_id) references inbox.conversations on delete cascade,
  foreign key (workspace_id, account_id) references channels.accounts
);
create unique index messages_by_provider_id on inbox.messages (workspace_id, account_id, provider_id) where provider_id is not null;
create index messages_of_operator on inbox.messages (workspace_id, operator_id, sent_at desc) where direction = 'out';
select platform.protect('inbox.messages');

create table inbox.attachments (
  workspace_id uuid not null,
  message_id uuid not null,
  position int not null,
  file_id uuid not null,
  is_inline boolean not null default false,
  content_id text,
  primary key (workspace_id, message_id, position),
  foreign key (workspace_id, message_id) references inbox.messages on delete cascade,
  foreign key (workspace_id, file_id) references platform.files
);
select platform.protect('inbox.attachments');

create table inbox.drafts (
  workspace_id uuid not null,
  operator_id uuid not null,
  conversation_id uuid not null,
  mode text not null check (mode in ('reply', 'note')),
  text text not null,
  file_ids uuid[] not null default '{}',
  updated_at timestamptz not null default now(),
  primary key (workspace_id, operator_id, conversation_id),
  foreign key (workspace_id, operator_id) references access.operators on delete cascade,
  foreign key (workspace_id, conversation_id) references inbox.conversations on delete cascade
);
select platform.protect('inbox.drafts');

-- How far each operator has read.
create table inbox.reads (
  workspace_id uuid not null,
  operator_id uuid not null,
  conversation_id uuid not null,
  seq int not null,
  primary key (workspace_id, operator_id, conversation_id),
  foreign key (workspace_id, operator_id) references access.operators on delete cascade,
  foreign key (workspace_id, conversation_id) references inbox.conversations on delete cascade
);
select platform.protect('inbox.reads');

create table inbox.snippets (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  shortcut text not null check (shortcut ~ '^[[:alnum:]_-]{1,40}$'),
  title text not null,
  text text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index snippets_by_shortcut on inbox.snippets (workspace_id, lower(shortcut));
select platform.protect('inbox.snippets');
