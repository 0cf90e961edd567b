-- What all migrations together make, for reading and reviewing. Written by `npm run db:dump`.

-- extensions
extension btree_gin
extension pg_trgm
extension unaccent

-- schemas
schema access grants okno_app: USAGE
schema channels grants okno_app: USAGE
schema customers grants okno_app: USAGE
schema exchange grants okno_app: USAGE
schema inbox grants okno_app: USAGE
schema integrations grants okno_app: USAGE
schema objects grants okno_app: USAGE
schema platform grants okno_app: USAGE
schema public grants public: USAGE

-- types

-- tables, views, sequences

table access.api_keys row security forced
  column "configId" text not null default 'default'::text
  column "createdAt" timestamp with time zone not null default now()
  column enabled boolean not null default true
  column "expiresAt" timestamp with time zone
  column id uuid not null default uuidv7()
  column key text not null
  column "lastRefillAt" timestamp with time zone
  column "lastRequest" timestamp with time zone
  column metadata text
  column name text
  column permissions text
  column prefix text
  column "rateLimitEnabled" boolean not null default false
  column "rateLimitMax" integer
  column "rateLimitTimeWindow" integer
  column "referenceId" uuid not null
  column "refillAmount" integer
  column "refillInterval" integer
  column remaining integer
  column "requestCount" integer not null default 0
  column start text
  column tools text[]
  column "updatedAt" timestamp with time zone not null default now()
  constraint api_keys_key_key UNIQUE (key)
  constraint api_keys_pkey PRIMARY KEY (id)
  constraint "api_keys_referenceId_fkey" FOREIGN KEY ("referenceId") REFERENCES access.users(id) ON DELETE CASCADE
  CREATE INDEX api_keys_of_user ON access.api_keys USING btree ("referenceId")
  policy housekeeping all to okno using true check true
  policy own_operators all to okno_app using (EXISTS ( SELECT
   FROM access.operators
  WHERE (operators.user_id = api_keys."referenceId")))
  grants okno_app: DELETE
  grants on "configId" okno_app: SELECT
  grants on "createdAt" okno_app: SELECT
  grants on id okno_app: SELECT
  grants on "lastRequest" okno_app: SELECT
  grants on name okno_app: SELECT
  grants on "referenceId" okno_app: SELECT
  grants on start okno_app: SELECT
  grants on tools okno_app: SELECT, UPDATE

table access.attempts
  column count integer not null
  column ends_at timestamp with time zone not null
  column key text not null
  constraint attempts_pkey PRIMARY KEY (key)
  CREATE INDEX attempts_by_end ON access.attempts USING btree (ends_at)

table access.credentials row security forced
  column "accessToken" text
  column "accessTokenExpiresAt" timestamp with time zone
  column "accountId" text not null
  column "createdAt" timestamp with time zone not null default now()
  column id uuid not null default uuidv7()
  column "idToken" text
  column password text
  column "providerId" text not null
  column "refreshToken" text
  column "refreshTokenExpiresAt" timestamp with time zone
  column scope text
  column "updatedAt" timestamp with time zone not null default now()
  column "userId" uuid not null
  constraint credentials_pkey PRIMARY KEY (id)
  constraint "credentials_userId_fkey" FOREIGN KEY ("userId") REFERENCES access.users(id) ON DELETE CASCADE
  CREATE INDEX credentials_of_user ON access.credentials USING btree ("userId")
  policy housekeeping all to okno using true check true
  policy own_operators all to okno_app using (EXISTS ( SELECT
   FROM access.operators
  WHERE (operators.user_id = credentials."userId")))
  grants on "accountId" okno_app: INSERT
  grants on password okno_app: INSERT, UPDATE
  grants on "providerId" okno_app: INSERT, SELECT
  grants on "updatedAt" okno_app: UPDATE
  grants on "userId" okno_app: INSERT, SELECT

table access.operators row security forced
  column archived_at timestamp with time zone
  column capacity integer not null default 8
  column created_at timestamp with time zone not null default now()
  column email text not null
  column id uuid not null default uuidv7()
  column locale text not null default 'ru'::text
  column name text not null
  column role text not null
  column user_id uuid not null
  column workspace_id uuid not null
  constraint operators_capacity_check CHECK (((capacity >= 0) AND (capacity <= 1000)))
  constraint operators_locale_check CHECK ((locale = ANY (ARRAY['ru'::text, 'en'::text])))
  constraint operators_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint operators_pkey PRIMARY KEY (workspace_id, id)
  constraint operators_role_check CHECK ((role = ANY (ARRAY['operator'::text, 'supervisor'::text, 'administrator'::text])))
  constraint operators_user_id_fkey FOREIGN KEY (user_id) REFERENCES access.users(id) ON DELETE RESTRICT
  constraint operators_user_id_key UNIQUE (user_id)
  constraint operators_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  CREATE INDEX operators_by_name ON access.operators USING btree (workspace_id, lower(name), id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table access.presence row security forced
  column availability text not null default 'available'::text
  column is_present boolean not null default false
  column operator_id uuid not null
  column seen_at timestamp with time zone not null default '-infinity'::timestamp with time zone
  column workspace_id uuid not null
  constraint presence_availability_check CHECK ((availability = ANY (ARRAY['available'::text, 'away'::text])))
  constraint presence_pkey PRIMARY KEY (workspace_id, operator_id)
  constraint presence_workspace_id_operator_id_fkey FOREIGN KEY (workspace_id, operator_id) REFERENCES access.operators(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX presence_to_end ON access.presence USING btree (seen_at) WHERE is_present
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table access.sessions row security forced
  column "createdAt" timestamp with time zone not null default now()
  column "expiresAt" timestamp with time zone not null
  column id uuid not null default uuidv7()
  column "ipAddress" text
  column token text not null
  column "updatedAt" timestamp with time zone not null default now()
  column "userAgent" text
  column "userId" uuid not null
  constraint sessions_pkey PRIMARY KEY (id)
  constraint sessions_token_key UNIQUE (token)
  constraint "sessions_userId_fkey" FOREIGN KEY ("userId") REFERENCES access.users(id) ON DELETE CASCADE
  CREATE INDEX sessions_of_user ON access.sessions USING btree ("userId")
  policy housekeeping all to okno using true check true
  policy own_operators all to okno_app using (EXISTS ( SELECT
   FROM access.operators
  WHERE (operators.user_id = sessions."userId")))
  grants okno_app: DELETE
  grants on "createdAt" okno_app: SELECT
  grants on "expiresAt" okno_app: SELECT
  grants on id okno_app: SELECT
  grants on "ipAddress" okno_app: SELECT
  grants on "updatedAt" okno_app: SELECT
  grants on "userAgent" okno_app: SELECT
  grants on "userId" okno_app: SELECT

table access.team_members row security forced
  column operator_id uuid not null
  column team_id uuid not null
  column workspace_id uuid not null
  constraint team_members_pkey PRIMARY KEY (workspace_id, team_id, operator_id)
  constraint team_members_workspace_id_operator_id_fkey FOREIGN KEY (workspace_id, operator_id) REFERENCES access.operators(workspace_id, id) ON DELETE CASCADE
  constraint team_members_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES access.teams(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX teams_of_operator ON access.team_members USING btree (workspace_id, operator_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table access.teams row security forced
  column archived_at timestamp with time zone
  column created_at timestamp with time zone not null default now()
  column id uuid not null default uuidv7()
  column name text not null
  column workspace_id uuid not null
  constraint teams_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
  constraint teams_pkey PRIMARY KEY (workspace_id, id)
  constraint teams_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  CREATE UNIQUE INDEX teams_by_name ON access.teams USING btree (workspace_id, lower(name)) WHERE (archived_at IS NULL)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table access.two_factors row security forced
  column "backupCodes" text not null
  column "failedVerificationCount" integer default 0
  column id uuid not null default uuidv7()
  column "lockedUntil" timestamp with time zone
  column secret text not null
  column "userId" uuid not null
  column verified boolean default true
  constraint two_factors_pkey PRIMARY KEY (id)
  constraint "two_factors_userId_fkey" FOREIGN KEY ("userId") REFERENCES access.users(id) ON DELETE CASCADE
  CREATE INDEX two_factors_of_user ON access.two_factors USING btree ("userId")
  policy housekeeping all to okno using true check true
  policy own_operators all to okno_app using (EXISTS ( SELECT
   FROM access.operators
  WHERE (operators.user_id = two_factors."userId")))
  grants okno_app: DELETE
  grants on "userId" okno_app: SELECT

table access.users row security forced
  column "createdAt" timestamp with time zone not null default now()
  column email text not null
  column "emailVerified" boolean not null default false
  column id uuid not null default uuidv7()
  column image text
  column name text not null
  column "twoFactorEnabled" boolean default false
  column "updatedAt" timestamp with time zone not null default now()
  constraint users_email_key UNIQUE (email)
  constraint users_pkey PRIMARY KEY (id)
  policy housekeeping all to okno using true check true
  policy new_account insert to okno_app check true
  policy own_operators all to okno_app using (EXISTS ( SELECT
   FROM access.operators
  WHERE (operators.user_id = users.id)))
  grants on email okno_app: INSERT
  grants on id okno_app: INSERT, SELECT
  grants on name okno_app: INSERT, UPDATE
  grants on "twoFactorEnabled" okno_app: SELECT, UPDATE
  grants on "updatedAt" okno_app: UPDATE

table access.verifications
  column "createdAt" timestamp with time zone not null default now()
  column "expiresAt" timestamp with time zone not null
  column id uuid not null default uuidv7()
  column identifier text not null
  column "updatedAt" timestamp with time zone not null default now()
  column value text not null
  constraint verifications_pkey PRIMARY KEY (id)
  CREATE INDEX verifications_by_identifier ON access.verifications USING btree (identifier)

table channels.account_state row security forced
  column account_id uuid not null
  column key text not null
  column value jsonb not null
  column workspace_id uuid not null
  constraint account_state_pkey PRIMARY KEY (workspace_id, account_id, key)
  constraint account_state_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES channels.accounts(workspace_id, id) ON DELETE CASCADE
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table channels.accounts row security forced
  column address text
  column archived_at timestamp with time zone
  column config jsonb not null
  column created_at timestamp with time zone not null default now()
  column health text not null default 'new'::text
  column health_at timestamp with time zone
  column health_reason text
  column id uuid not null default uuidv7()
  column is_enabled boolean not null default true
  column key text not null
  column kind text not null
  column name text not null
  column team_id uuid
  column updated_at timestamp with time zone not null default now()
  column workspace_id uuid not null
  constraint accounts_health_check CHECK ((health = ANY (ARRAY['new'::text, 'connecting'::text, 'connected'::text, 'failing'::text])))
  constraint accounts_key_check CHECK (((length(key) >= 16) AND (length(key) <= 100)))
  constraint accounts_key_key UNIQUE (key)
  constraint accounts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint accounts_pkey PRIMARY KEY (workspace_id, id)
  constraint accounts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  constraint accounts_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES access.teams(workspace_id, id)
  CREATE INDEX accounts_by_address ON channels.accounts USING btree (lower(address)) WHERE (archived_at IS NULL)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table channels.arrivals row security forced
  column account_id uuid not null
  column attempts integer not null default 0
  column body bytea not null
  column headers jsonb not null default '{}'::jsonb
  column id uuid not null default uuidv7()
  column key text not null
  column next_try_at timestamp with time zone
  column read_at timestamp with time zone
  column reason text
  column received_at timestamp with time zone not null
  column state text not null default 'new'::text
  column workspace_id uuid not null
  constraint arrivals_key_check CHECK (((length(key) >= 1) AND (length(key) <= 1000)))
  constraint arrivals_pkey PRIMARY KEY (workspace_id, id)
  constraint arrivals_state_check CHECK ((state = ANY (ARRAY['new'::text, 'read'::text, 'unreadable'::text])))
  constraint arrivals_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES channels.accounts(workspace_id, id)
  constraint arrivals_workspace_id_account_id_key_key UNIQUE (workspace_id, account_id, key)
  CREATE INDEX arrivals_to_read ON channels.arrivals USING btree (workspace_id, account_id, id) WHERE (state = 'new'::text)
  CREATE INDEX arrivals_unreadable ON channels.arrivals USING btree (workspace_id, id DESC) WHERE (state = 'unreadable'::text)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table channels.chat_entries row security forced
  column at timestamp with time zone not null default now()
  column author_name text
  column direction text not null
  column entry_key text not null
  column files jsonb not null default '[]'::jsonb
  column seq integer not null
  column text text not null
  column thread_id uuid not null
  column workspace_id uuid not null
  constraint chat_entries_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
  constraint chat_entries_pkey PRIMARY KEY (workspace_id, thread_id, seq)
  constraint chat_entries_workspace_id_thread_id_entry_key_key UNIQUE (workspace_id, thread_id, entry_key)
  constraint chat_entries_workspace_id_thread_id_fkey FOREIGN KEY (workspace_id, thread_id) REFERENCES channels.chat_threads(workspace_id, id) ON DELETE CASCADE
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table channels.chat_threads row security forced
  column account_id uuid not null
  column created_at timestamp with time zone not null default now()
  column delivered_seq integer not null default 0
  column email text
  column id uuid not null
  column last_entry_at timestamp with time zone not null default now()
  column last_seq integer not null default 0
  column online_until timestamp with time zone not null default now()
  column page jsonb
  column read_seq integer not null default 0
  column workspace_id uuid not null
  constraint chat_threads_pkey PRIMARY KEY (workspace_id, id)
  constraint chat_threads_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES channels.accounts(workspace_id, id)
  CREATE INDEX chat_threads_by_last_entry ON channels.chat_threads USING btree (last_entry_at)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table channels.deliveries row security forced
  column account_id uuid not null
  column attempts integer not null default 0
  column created_at timestamp with time zone not null default now()
  column id uuid not null
  column lane uuid not null
  column lease_until timestamp with time zone
  column message jsonb not null
  column next_try_at timestamp with time zone not null default now()
  column provider_id text
  column queued_at timestamp with time zone not null default now()
  column reason text
  column reason_code text
  column state text not null default 'queued'::text
  column updated_at timestamp with time zone not null default now()
  column workspace_id uuid not null
  constraint deliveries_pkey PRIMARY KEY (workspace_id, id)
  constraint deliveries_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'failed'::text, 'unknown'::text])))
  constraint deliveries_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES channels.accounts(workspace_id, id)
  CREATE INDEX deliveries_by_provider_id ON channels.deliveries USING btree (workspace_id, account_id, provider_id) WHERE (provider_id IS NOT NULL)
  CREATE INDEX deliveries_in_lane ON channels.deliveries USING btree (workspace_id, account_id, lane, id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]))
  CREATE INDEX deliveries_sending ON channels.deliveries USING btree (lease_until) WHERE (state = 'sending'::text)
  CREATE INDEX deliveries_to_send ON channels.deliveries USING btree (workspace_id, account_id, next_try_at, id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]))
  CREATE INDEX deliveries_waiting ON channels.deliveries USING btree (queued_at) WHERE (state = 'queued'::text)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.card_layouts row security forced
  column blocks jsonb not null
  column object text not null
  column reader text not null
  column workspace_id uuid not null
  constraint card_layouts_object_check CHECK ((object = ANY (ARRAY['person'::text, 'company'::text])))
  constraint card_layouts_pkey PRIMARY KEY (workspace_id, object, reader)
  constraint card_layouts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.companies row security forced
  column account text
  column addresses jsonb not null default '[]'::jsonb
  column bic text
  column city text
  column created_at timestamp(3) with time zone not null default now()
  column custom jsonb not null default '{}'::jsonb
  column emails text[] not null default '{}'::text[]
  column id uuid not null default uuidv7()
  column industry text
  column inn text
  column kpp text
  column legal_form text
  column legal_name text
  column name text not null
  column note text not null default ''::text
  column ogrn text
  column owner_id uuid
  column parent_id uuid
  column phones text[] not null default '{}'::text[]
  column site text
  column size text
  column updated_at timestamp with time zone not null default now()
  column workspace_id uuid not null
  constraint companies_name_check CHECK (((length(name) >= 1) AND (length(name) <= 300)))
  constraint companies_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES access.operators(workspace_id, id) NOT VALID
  constraint companies_parent_id_fkey FOREIGN KEY (workspace_id, parent_id) REFERENCES customers.companies(workspace_id, id) ON DELETE SET NULL (parent_id) NOT VALID
  constraint companies_pkey PRIMARY KEY (workspace_id, id)
  constraint companies_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  CREATE INDEX companies_by_custom ON customers.companies USING gin (workspace_id, custom jsonb_path_ops) WHERE (custom <> '{}'::jsonb)
  CREATE INDEX companies_by_inn ON customers.companies USING btree (workspace_id, inn) WHERE (inn IS NOT NULL)
  CREATE INDEX companies_by_name ON customers.companies USING btree (workspace_id, lower(name), id)
  CREATE INDEX companies_newest ON customers.companies USING btree (workspace_id, created_at DESC, id DESC)
  CREATE INDEX companies_of_parent ON customers.companies USING btree (workspace_id, parent_id) WHERE (parent_id IS NOT NULL)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  CREATE TRIGGER references_begun AFTER INSERT ON customers.companies FOR EACH ROW WHEN (((new.custom <> '{}'::jsonb) AND ((new.custom)::text ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  CREATE TRIGGER references_changed AFTER UPDATE ON customers.companies FOR EACH ROW WHEN (((old.custom IS DISTINCT FROM new.custom) AND ((COALESCE((old.custom)::text, ''::text) || COALESCE((new.custom)::text, ''::text)) ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  CREATE TRIGGER references_ended AFTER DELETE ON customers.companies FOR EACH ROW WHEN (((old.custom <> '{}'::jsonb) AND ((old.custom)::text ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.company_timeline row security forced
  column at timestamp(3) with time zone not null
  column company_id uuid not null
  column data jsonb
  column id uuid not null
  column kind text
  column person_id uuid
  column workspace_id uuid not null
  constraint company_timeline_pkey PRIMARY KEY (workspace_id, company_id, at, id)
  constraint company_timeline_workspace_id_company_id_fkey FOREIGN KEY (workspace_id, company_id) REFERENCES customers.companies(workspace_id, id) ON DELETE CASCADE
  constraint company_timeline_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX company_timeline_of_person ON customers.company_timeline USING btree (workspace_id, person_id, company_id) WHERE (person_id IS NOT NULL)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.consents row security forced
  column channel text
  column given_at timestamp with time zone not null default now()
  column ground text
  column id uuid not null default uuidv7()
  column operator_id uuid
  column operator_name text
  column person_id uuid not null
  column purpose text not null
  column source text not null
  column text text not null
  column text_version integer not null
  column withdrawn_at timestamp with time zone
  column withdrawn_by text
  column withdrawn_reason text
  column withdrawn_source text
  column workspace_id uuid not null
  constraint consents_pkey PRIMARY KEY (workspace_id, id)
  constraint consents_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX consents_of_person ON customers.consents USING btree (workspace_id, person_id, given_at DESC)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.employments row security forced
  column company_id uuid not null
  column id uuid not null default uuidv7()
  column is_main boolean not null default false
  column is_told boolean not null default false
  column person_id uuid not null
  column "position" text
  column roles text[] not null default '{}'::text[]
  column since date
  column until date
  column workspace_id uuid not null
  constraint employments_pkey PRIMARY KEY (workspace_id, id)
  constraint employments_workspace_id_company_id_fkey FOREIGN KEY (workspace_id, company_id) REFERENCES customers.companies(workspace_id, id) ON DELETE CASCADE
  constraint employments_workspace_id_person_id_company_id_key UNIQUE (workspace_id, person_id, company_id)
  constraint employments_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX employees ON customers.employments USING btree (workspace_id, company_id)
  CREATE UNIQUE INDEX employments_main ON customers.employments USING btree (workspace_id, company_id) WHERE is_main
  CREATE INDEX employments_untold ON customers.employments USING btree (workspace_id, id) WHERE (NOT is_told)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.erasures row security forced
  column cards uuid[] not null
  column checked_at timestamp with time zone
  column counts jsonb not null
  column erased_at timestamp with time zone not null
  column ground text not null
  column id uuid not null default uuidv7()
  column identities bytea[] not null
  column mentions jsonb
  column note text not null default ''::text
  column operator_id uuid
  column operator_name text not null
  column person_id uuid not null
  column workspace_id uuid not null
  constraint erasures_pkey PRIMARY KEY (workspace_id, id)
  constraint erasures_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  CREATE INDEX erasures_by_identity ON customers.erasures USING gin (identities)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: INSERT, SELECT
  grants on checked_at okno_app: UPDATE
  grants on mentions okno_app: UPDATE

table customers.household_members row security forced
  column household_id uuid not null
  column part text
  column person_id uuid not null
  column workspace_id uuid not null
  constraint household_members_pkey PRIMARY KEY (workspace_id, person_id)
  constraint household_members_workspace_id_household_id_fkey FOREIGN KEY (workspace_id, household_id) REFERENCES customers.households(workspace_id, id) ON DELETE CASCADE
  constraint household_members_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX household_members_of ON customers.household_members USING btree (workspace_id, household_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.households row security forced
  column created_at timestamp with time zone not null default now()
  column id uuid not null default uuidv7()
  column workspace_id uuid not null
  constraint households_pkey PRIMARY KEY (workspace_id, id)
  constraint households_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.identities row security forced
  column evidence jsonb not null default '[]'::jsonb
  column first_seen_at timestamp with time zone not null default now()
  column id uuid not null default uuidv7()
  column is_single boolean not null default false
  column kind text not null
  column last_seen_at timestamp with time zone not null default now()
  column person_id uuid not null
  column proven boolean not null
  column scope text not null default ''::text
  column shared boolean not null default false
  column value text not null
  column workspace_id uuid not null
  constraint identities_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text, 'visitor'::text, 'external'::text, 'channel'::text])))
  constraint identities_pkey PRIMARY KEY (workspace_id, id)
  constraint identities_value_check CHECK (((length(value) >= 1) AND (length(value) <= 500)))
  constraint identities_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX identities_of_person ON customers.identities USING btree (workspace_id, person_id)
  CREATE UNIQUE INDEX identities_once ON customers.identities USING btree (workspace_id, kind, scope, value, person_id)
  CREATE UNIQUE INDEX identities_proven ON customers.identities USING btree (workspace_id, kind, scope, value) WHERE proven
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.likenesses row security forced
  column bits real
  column decided_at timestamp with time zone
  column evidence jsonb not null default '[]'::jsonb
  column found_at timestamp with time zone not null default now()
  column other_id uuid not null
  column person_id uuid not null
  column probability real
  column reasons jsonb not null
  column rule text
  column state text not null default 'open'::text
  column verdict text
  column workspace_id uuid not null
  constraint likenesses_check CHECK ((person_id < other_id))
  constraint likenesses_pkey PRIMARY KEY (workspace_id, person_id, other_id)
  constraint likenesses_state_check CHECK ((state = ANY (ARRAY['open'::text, 'dismissed'::text, 'merged'::text]))) NOT VALID
  constraint likenesses_workspace_id_other_id_fkey FOREIGN KEY (workspace_id, other_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  constraint likenesses_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX likenesses_of_other ON customers.likenesses USING btree (workspace_id, other_id)
  CREATE INDEX likenesses_queue ON customers.likenesses USING btree (workspace_id, probability DESC, person_id, other_id) WHERE ((state = 'open'::text) AND (verdict = ANY (ARRAY['auto'::text, 'review'::text])))
  CREATE INDEX likenesses_unweighed ON customers.likenesses USING btree (workspace_id, person_id, other_id) WHERE ((state = 'open'::text) AND (verdict IS NULL))
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.match_cards row security forced
  column keys bigint[] not null
  column person_id uuid not null
  column profile jsonb not null
  column workspace_id uuid not null
  constraint match_cards_pkey PRIMARY KEY (workspace_id, person_id)
  constraint match_cards_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.match_keys row security forced
  column key bigint not null
  column person_id uuid not null
  column workspace_id uuid not null
  constraint match_keys_pkey PRIMARY KEY (workspace_id, key, person_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.matching row security forced
  column auto real not null default 0.99
  column cursor text
  column held_until timestamp with time zone
  column joins_by_itself boolean not null default true
  column learned_at timestamp with time zone
  column model jsonb
  column review real not null default 0.6
  column scan jsonb
  column workspace_id uuid not null
  constraint matching_pkey PRIMARY KEY (workspace_id)
  constraint matching_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.merges row security forced
  column evidence jsonb not null default '[]'::jsonb
  column hidden_id uuid not null
  column id uuid not null default uuidv7()
  column kept_id uuid not null
  column merged_at timestamp with time zone not null default now()
  column operator_id uuid
  column operator_name text not null
  column taken jsonb not null default '{}'::jsonb
  column undone_at timestamp with time zone
  column undone_by text
  column workspace_id uuid not null
  constraint merges_pkey PRIMARY KEY (workspace_id, id)
  constraint merges_workspace_id_hidden_id_fkey FOREIGN KEY (workspace_id, hidden_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  constraint merges_workspace_id_kept_id_fkey FOREIGN KEY (workspace_id, kept_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  CREATE UNIQUE INDEX merges_active ON customers.merges USING btree (workspace_id, hidden_id) WHERE (undone_at IS NULL)
  CREATE INDEX merges_of_hidden ON customers.merges USING btree (workspace_id, hidden_id)
  CREATE INDEX merges_of_kept ON customers.merges USING btree (workspace_id, kept_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.notes row security forced
  column created_at timestamp(3) with time zone not null default now()
  column edited_at timestamp with time zone
  column id uuid not null default uuidv7()
  column is_pinned boolean not null default false
  column operator_id uuid
  column operator_name text not null
  column person_id uuid not null
  column text text not null
  column versions jsonb not null default '[]'::jsonb
  column workspace_id uuid not null
  constraint notes_pkey PRIMARY KEY (workspace_id, id)
  constraint notes_text_check CHECK (((length(text) >= 1) AND (length(text) <= 20000)))
  constraint notes_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX notes_of_person ON customers.notes USING btree (workspace_id, person_id, created_at DESC)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

view customers.own_companies
  column account text
  column addresses jsonb
  column bic text
  column city text
  column created_at timestamp(3) with time zone
  column custom jsonb
  column emails text[]
  column id uuid
  column industry text
  column inn text
  column kpp text
  column legal_form text
  column legal_name text
  column name text
  column note text
  column ogrn text
  column owner_id uuid
  column parent_id uuid
  column phones text[]
  column site text
  column size text
  column updated_at timestamp with time zone
  column workspace_id uuid
  grants okno_app: SELECT
 SELECT workspace_id,
    id,
    name,
    inn,
    site,
    city,
    note,
    custom,
    created_at,
    updated_at,
    legal_name,
    legal_form,
    kpp,
    ogrn,
    bic,
    account,
    phones,
    emails,
    addresses,
    industry,
    size,
    owner_id,
    parent_id
   FROM customers.companies
  WHERE (workspace_id = platform.current_workspace());

view customers.own_people
  column address_form text
  column best_time text
  column birthday text
  column city text
  column created_at timestamp(3) with time zone
  column custom jsonb
  column erased_at timestamp with time zone
  column first_name text
  column id uuid
  column last_name text
  column locale text
  column middle_name text
  column name text
  column name_is_stand_in boolean
  column note text
  column origin text
  column owner_id uuid
  column photo_id uuid
  column preferred_channel text
  column restricted_at timestamp with time zone
  column restricted_reason text
  column shown_as uuid
  column stage text
  column time_zone text
  column updated_at timestamp with time zone
  column workspace_id uuid
  grants okno_app: SELECT
 SELECT workspace_id,
    id,
    name,
    name_is_stand_in,
    first_name,
    last_name,
    middle_name,
    stage,
    owner_id,
    locale,
    time_zone,
    city,
    note,
    custom,
    origin,
    created_at,
    updated_at,
    shown_as,
    address_form,
    preferred_channel,
    best_time,
    birthday,
    photo_id,
    restricted_at,
    restricted_reason,
    erased_at
   FROM customers.people
  WHERE (workspace_id = platform.current_workspace());

table customers.people row security forced
  column address_form text
  column best_time text
  column birthday text
  column city text
  column created_at timestamp(3) with time zone not null default now()
  column custom jsonb not null default '{}'::jsonb
  column erased_at timestamp with time zone
  column first_name text
  column id uuid not null default uuidv7()
  column last_name text
  column locale text
  column middle_name text
  column name text not null
  column name_is_stand_in boolean not null default false
  column note text not null default ''::text
  column origin text
  column owner_id uuid
  column photo_id uuid
  column preferred_channel text
  column restricted_at timestamp with time zone
  column restricted_reason text
  column shown_as uuid
  column stage text not null default 'lead'::text
  column time_zone text
  column updated_at timestamp with time zone not null default now()
  column workspace_id uuid not null
  constraint people_address_form CHECK ((address_form = ANY (ARRAY['familiar'::text, 'formal'::text]))) NOT VALID
  constraint people_best_time CHECK ((best_time ~ '^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$'::text)) NOT VALID
  constraint people_birthday CHECK ((birthday ~ '^(\d{4}|-)-\d\d-\d\d$'::text)) NOT VALID
  constraint people_name_check CHECK (((length(name) >= 1) AND (length(name) <= 300)))
  constraint people_photo_fkey FOREIGN KEY (workspace_id, photo_id) REFERENCES platform.files(workspace_id, id) NOT VALID
  constraint people_pkey PRIMARY KEY (workspace_id, id)
  constraint people_shown_as_fkey FOREIGN KEY (workspace_id, shown_as) REFERENCES customers.people(workspace_id, id) ON DELETE SET NULL (shown_as) NOT VALID
  constraint people_stage_check CHECK ((stage = ANY (ARRAY['lead'::text, 'customer'::text, 'former'::text])))
  constraint people_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  constraint people_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES access.operators(workspace_id, id)
  CREATE INDEX people_by_change ON customers.people USING btree (workspace_id, updated_at, id)
  CREATE INDEX people_by_city ON customers.people USING btree (workspace_id, lower(city), id)
  CREATE INDEX people_by_custom ON customers.people USING gin (workspace_id, custom jsonb_path_ops) WHERE (custom <> '{}'::jsonb)
  CREATE INDEX people_by_name ON customers.people USING btree (workspace_id, lower(name), id)
  CREATE INDEX people_by_name_part ON customers.people USING gin (workspace_id, lower(name) public.gin_trgm_ops)
  CREATE INDEX people_by_stage ON customers.people USING btree (workspace_id, stage, id)
  CREATE INDEX people_newest ON customers.people USING btree (workspace_id, created_at DESC, id DESC)
  CREATE INDEX people_of_owner ON customers.people USING btree (workspace_id, owner_id, created_at DESC, id DESC)
  CREATE INDEX people_of_stage ON customers.people USING btree (workspace_id, stage, created_at DESC, id DESC)
  CREATE INDEX people_shown_as ON customers.people USING btree (workspace_id, shown_as) WHERE (shown_as IS NOT NULL)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  CREATE TRIGGER references_begun AFTER INSERT ON customers.people FOR EACH ROW WHEN (((new.custom <> '{}'::jsonb) AND ((new.custom)::text ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  CREATE TRIGGER references_changed AFTER UPDATE ON customers.people FOR EACH ROW WHEN (((old.custom IS DISTINCT FROM new.custom) AND ((COALESCE((old.custom)::text, ''::text) || COALESCE((new.custom)::text, ''::text)) ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  CREATE TRIGGER references_ended AFTER DELETE ON customers.people FOR EACH ROW WHEN (((old.custom <> '{}'::jsonb) AND ((old.custom)::text ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.person_files row security forced
  column created_at timestamp(3) with time zone not null default now()
  column file_id uuid not null
  column operator_name text not null
  column person_id uuid not null
  column workspace_id uuid not null
  constraint person_files_pkey PRIMARY KEY (workspace_id, person_id, file_id)
  constraint person_files_workspace_id_file_id_fkey FOREIGN KEY (workspace_id, file_id) REFERENCES platform.files(workspace_id, id)
  constraint person_files_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.preferences row security forced
  column changed_at timestamp with time zone not null default now()
  column changed_by text not null
  column channel text not null
  column is_welcome boolean not null
  column per_month integer
  column person_id uuid not null
  column purpose text not null
  column workspace_id uuid not null
  constraint preferences_per_month_check CHECK (((per_month >= 1) AND (per_month <= 100)))
  constraint preferences_pkey PRIMARY KEY (workspace_id, person_id, channel, purpose)
  constraint preferences_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.relations row security forced
  column created_at timestamp with time zone not null default now()
  column id uuid not null default uuidv7()
  column kind text not null
  column note text
  column operator_name text not null
  column other_id uuid not null
  column person_id uuid not null
  column workspace_id uuid not null
  constraint relations_check CHECK ((person_id <> other_id))
  constraint relations_pkey PRIMARY KEY (workspace_id, id)
  constraint relations_workspace_id_other_id_fkey FOREIGN KEY (workspace_id, other_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  constraint relations_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  constraint relations_workspace_id_person_id_other_id_kind_key UNIQUE (workspace_id, person_id, other_id, kind)
  CREATE INDEX relations_of_other ON customers.relations USING btree (workspace_id, other_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.tasks row security forced
  column assignee_id uuid
  column created_at timestamp(3) with time zone not null default now()
  column done_at timestamp with time zone
  column done_by text
  column due_at timestamp(3) with time zone
  column id uuid not null default uuidv7()
  column operator_id uuid
  column operator_name text not null
  column person_id uuid not null
  column reminded_of timestamp(3) with time zone
  column title text not null
  column workspace_id uuid not null
  constraint tasks_pkey PRIMARY KEY (workspace_id, id)
  constraint tasks_title_check CHECK (((length(title) >= 1) AND (length(title) <= 500)))
  constraint tasks_workspace_id_assignee_id_fkey FOREIGN KEY (workspace_id, assignee_id) REFERENCES access.operators(workspace_id, id)
  constraint tasks_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX done_tasks ON customers.tasks USING btree (workspace_id, done_at DESC, id DESC) WHERE (done_at IS NOT NULL)
  CREATE INDEX open_tasks ON customers.tasks USING btree (workspace_id, due_at, id) WHERE (done_at IS NULL)
  CREATE INDEX tasks_of_assignee ON customers.tasks USING btree (workspace_id, assignee_id, due_at, id) WHERE (done_at IS NULL)
  CREATE INDEX tasks_of_person ON customers.tasks USING btree (workspace_id, person_id, created_at DESC)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table customers.timeline row security forced
  column at timestamp(3) with time zone not null
  column data jsonb not null default '{}'::jsonb
  column id uuid not null default uuidv7()
  column kind text not null
  column object text
  column object_id uuid
  column once text
  column person_id uuid not null
  column workspace_id uuid not null
  constraint timeline_pkey PRIMARY KEY (workspace_id, id)
  constraint timeline_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX timeline_by_kind ON customers.timeline USING btree (workspace_id, person_id, kind, at DESC, id DESC)
  CREATE INDEX timeline_of_person ON customers.timeline USING btree (workspace_id, person_id, at DESC, id DESC)
  CREATE UNIQUE INDEX timeline_once ON customers.timeline USING btree (workspace_id, person_id, once) WHERE (once IS NOT NULL)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table exchange.archives row security forced
  column created_at timestamp(3) with time zone not null
  column done bigint not null default 0
  column ends_at timestamp with time zone not null
  column finished_at timestamp with time zone
  column heard_at timestamp with time zone not null
  column id uuid not null default uuidv7()
  column name text not null
  column operator_id uuid not null
  column problem text
  column size_bytes bigint
  column started_at timestamp with time zone
  column state text not null default 'waiting'::text
  column taken_at timestamp with time zone
  column total bigint
  column workspace_id uuid not null
  constraint archives_pkey PRIMARY KEY (workspace_id, id)
  constraint archives_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'ended'::text])))
  constraint archives_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  constraint archives_workspace_id_operator_id_fkey FOREIGN KEY (workspace_id, operator_id) REFERENCES access.operators(workspace_id, id)
  CREATE UNIQUE INDEX archives_one_at_a_time ON exchange.archives USING btree (workspace_id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]))
  CREATE INDEX archives_to_end ON exchange.archives USING btree (ends_at) WHERE (state <> 'ended'::text)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table exchange.exports row security forced
  column created_at timestamp(3) with time zone not null
  column done bigint not null default 0
  column ends_at timestamp with time zone not null
  column finished_at timestamp with time zone
  column id uuid not null default uuidv7()
  column kind text not null
  column name text not null
  column operator_id uuid not null
  column order_of jsonb not null
  column problem text
  column size_bytes bigint
  column state text not null default 'waiting'::text
  column total bigint
  column workspace_id uuid not null
  constraint exports_kind_check CHECK ((kind = ANY (ARRAY['list'::text, 'person'::text])))
  constraint exports_pkey PRIMARY KEY (workspace_id, id)
  constraint exports_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'ended'::text])))
  constraint exports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  constraint exports_workspace_id_operator_id_fkey FOREIGN KEY (workspace_id, operator_id) REFERENCES access.operators(workspace_id, id)
  CREATE INDEX exports_of_operator ON exchange.exports USING btree (workspace_id, operator_id, created_at DESC)
  CREATE INDEX exports_to_end ON exchange.exports USING btree (ends_at) WHERE (state <> 'ended'::text)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table exchange.imports row security forced
  column columns jsonb not null
  column created_at timestamp(3) with time zone not null default now()
  column done integer not null default 0
  column erasures integer not null default 0
  column expected jsonb
  column file_id uuid
  column file_name text not null
  column finished_at timestamp with time zone
  column id uuid not null default uuidv7()
  column is_proven boolean not null default false
  column key text
  column object text not null
  column on_match text not null default 'update'::text
  column operator_id uuid
  column operator_name text not null
  column others_operator_id uuid
  column preset text
  column problem jsonb
  column reading jsonb not null
  column result jsonb
  column searched integer
  column size_bytes bigint not null
  column started_at timestamp with time zone
  column state text not null default 'mapping'::text
  column total integer
  column undo jsonb
  column workspace_id uuid not null
  constraint imports_on_match_check CHECK ((on_match = ANY (ARRAY['update'::text, 'fill'::text, 'skip'::text])))
  constraint imports_pkey PRIMARY KEY (workspace_id, id)
  constraint imports_state_check CHECK ((state = ANY (ARRAY['mapping'::text, 'checking'::text, 'checked'::text, 'running'::text, 'stopped'::text, 'done'::text, 'failed'::text, 'undoing'::text, 'undone'::text])))
  constraint imports_workspace_id_file_id_fkey FOREIGN KEY (workspace_id, file_id) REFERENCES platform.files(workspace_id, id)
  constraint imports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  constraint imports_workspace_id_operator_id_fkey FOREIGN KEY (workspace_id, operator_id) REFERENCES access.operators(workspace_id, id)
  constraint imports_workspace_id_others_operator_id_fkey FOREIGN KEY (workspace_id, others_operator_id) REFERENCES access.operators(workspace_id, id) NOT VALID
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table exchange.known_headings row security forced
  column dates text
  column heading text not null
  column object text not null
  column target text
  column workspace_id uuid not null
  constraint known_headings_pkey PRIMARY KEY (workspace_id, object, heading)
  constraint known_headings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table exchange.known_operators row security forced
  column name text not null
  column operator_id uuid not null
  column workspace_id uuid not null
  constraint known_operators_pkey PRIMARY KEY (workspace_id, name)
  constraint known_operators_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  constraint known_operators_workspace_id_operator_id_fkey FOREIGN KEY (workspace_id, operator_id) REFERENCES access.operators(workspace_id, id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table exchange.results row security forced
  column card_id uuid
  column detail jsonb not null default '{}'::jsonb
  column import_id uuid not null
  column number integer not null
  column outcome text not null
  column undone jsonb
  column workspace_id uuid not null
  constraint results_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'changed'::text, 'joined'::text, 'same'::text, 'refused'::text])))
  constraint results_pkey PRIMARY KEY (workspace_id, import_id, number)
  constraint results_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES exchange.imports(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX results_by_card ON exchange.results USING btree (workspace_id, card_id) WHERE (card_id IS NOT NULL)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table exchange.rows row security forced
  column cells text[] not null
  column detail jsonb not null default '{}'::jsonb
  column import_id uuid not null
  column key text
  column number integer not null
  column outcome text not null
  column workspace_id uuid not null
  constraint rows_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'changed'::text, 'joined'::text, 'same'::text, 'refused'::text])))
  constraint rows_pkey PRIMARY KEY (workspace_id, import_id, number)
  constraint rows_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES exchange.imports(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX rows_by_key ON exchange.rows USING btree (workspace_id, import_id, key) WHERE (key IS NOT NULL)
  CREATE INDEX rows_by_outcome ON exchange.rows USING btree (workspace_id, import_id, outcome, number)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table inbox.attachments row security forced
  column content_id text
  column file_id uuid not null
  column is_inline boolean not null default false
  column message_id uuid not null
  column "position" integer not null
  column workspace_id uuid not null
  constraint attachments_pkey PRIMARY KEY (workspace_id, message_id, "position")
  constraint attachments_workspace_id_file_id_fkey FOREIGN KEY (workspace_id, file_id) REFERENCES platform.files(workspace_id, id)
  constraint attachments_workspace_id_message_id_fkey FOREIGN KEY (workspace_id, message_id) REFERENCES inbox.messages(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX attachments_of_file ON inbox.attachments USING btree (workspace_id, file_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table inbox.conversations row security forced
  column account_id uuid
  column assigned_at timestamp(3) with time zone
  column closed_at timestamp(3) with time zone
  column closed_by uuid
  column created_at timestamp(3) with time zone not null default now()
  column custom jsonb default '{}'::jsonb
  column due_at timestamp(3) with time zone
  column first_answer_in_time boolean
  column first_answer_seconds integer
  column first_answered_at timestamp(3) with time zone
  column first_incoming_at timestamp(3) with time zone
  column id uuid not null default uuidv7()
  column last_direction text not null default 'in'::text
  column last_incoming_at timestamp(3) with time zone
  column last_message_at timestamp(3) with time zone not null
  column last_seq integer not null default 0
  column last_text text not null default ''::text
  column limit_at timestamp(3) with time zone
  column number bigint not null
  column owner_id uuid
  column person_id uuid not null
  column preferred_owner_id uuid
  column priority text not null default 'normal'::text
  column reopened_count integer not null default 0
  column routing jsonb
  column snoozed_until timestamp(3) with time zone
  column status text not null default 'new'::text
  column subject text not null default ''::text
  column tags text[] not null default '{}'::text[]
  column team_id uuid
  column updated_at timestamp(3) with time zone not null default now()
  column waiting_since timestamp(3) with time zone
  column workspace_id uuid not null
  constraint conversations_check CHECK (((status <> 'snoozed'::text) OR (snoozed_until IS NOT NULL)))
  constraint conversations_check1 CHECK (((status = 'closed'::text) = (closed_at IS NOT NULL)))
  constraint conversations_check2 CHECK (((waiting_since IS NULL) OR (status = ANY (ARRAY['new'::text, 'open'::text]))))
  constraint conversations_last_direction_check CHECK ((last_direction = ANY (ARRAY['in'::text, 'out'::text, 'note'::text, 'event'::text])))
  constraint conversations_pkey PRIMARY KEY (workspace_id, id)
  constraint conversations_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text])))
  constraint conversations_status_check CHECK ((status = ANY (ARRAY['new'::text, 'open'::text, 'waiting'::text, 'snoozed'::text, 'closed'::text])))
  constraint conversations_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES channels.accounts(workspace_id, id)
  constraint conversations_workspace_id_closed_by_fkey FOREIGN KEY (workspace_id, closed_by) REFERENCES access.operators(workspace_id, id)
  constraint conversations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  constraint conversations_workspace_id_number_key UNIQUE (workspace_id, number)
  constraint conversations_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES access.operators(workspace_id, id)
  constraint conversations_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES customers.people(workspace_id, id)
  constraint conversations_workspace_id_preferred_owner_id_fkey FOREIGN KEY (workspace_id, preferred_owner_id) REFERENCES access.operators(workspace_id, id)
  constraint conversations_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES access.teams(workspace_id, id)
  CREATE INDEX conversations_at_hand ON inbox.conversations USING btree (workspace_id, owner_id, status) WHERE (status <> 'closed'::text)
  CREATE INDEX conversations_by_closing ON inbox.conversations USING btree (workspace_id, closed_at, id) WHERE (closed_at IS NOT NULL)
  CREATE INDEX conversations_by_custom ON inbox.conversations USING gin (workspace_id, custom jsonb_path_ops) WHERE (custom <> '{}'::jsonb)
  CREATE INDEX conversations_by_first_answer ON inbox.conversations USING btree (workspace_id, first_answer_seconds, id) WHERE (first_answer_seconds IS NOT NULL)
  CREATE INDEX conversations_by_priority ON inbox.conversations USING btree (workspace_id, priority, last_message_at DESC, id DESC, account_id, team_id, owner_id) WHERE (priority <> 'normal'::text)
  CREATE INDEX conversations_by_tags ON inbox.conversations USING gin (workspace_id, tags) WHERE (tags <> '{}'::text[])
  CREATE INDEX conversations_closed_by ON inbox.conversations USING btree (workspace_id, closed_by, closed_at DESC) WHERE (closed_by IS NOT NULL)
  CREATE INDEX conversations_due ON inbox.conversations USING btree (workspace_id, due_at, id) WHERE (due_at IS NOT NULL)
  CREATE INDEX conversations_of_account ON inbox.conversations USING btree (workspace_id, account_id, last_message_at DESC, id DESC)
  CREATE INDEX conversations_of_nobody ON inbox.conversations USING btree (workspace_id, last_message_at DESC, id DESC) WHERE ((owner_id IS NULL) AND (team_id IS NULL))
  CREATE INDEX conversations_of_owner ON inbox.conversations USING btree (workspace_id, owner_id, last_message_at DESC, id DESC) WHERE (owner_id IS NOT NULL)
  CREATE INDEX conversations_of_person ON inbox.conversations USING btree (workspace_id, person_id, last_message_at DESC, id DESC)
  CREATE INDEX conversations_of_team ON inbox.conversations USING btree (workspace_id, team_id, last_message_at DESC, id DESC) WHERE (team_id IS NOT NULL)
  CREATE INDEX conversations_open_of_person ON inbox.conversations USING btree (workspace_id, person_id, last_message_at DESC, id DESC) WHERE (status <> 'closed'::text)
  CREATE INDEX conversations_quiet ON inbox.conversations USING btree (workspace_id, last_message_at DESC, id DESC) WHERE ((due_at IS NULL) AND (status <> 'closed'::text))
  CREATE INDEX conversations_recent ON inbox.conversations USING btree (workspace_id, last_message_at DESC, id DESC)
  CREATE INDEX conversations_waiting ON inbox.conversations USING btree (workspace_id, waiting_since, id) WHERE (waiting_since IS NOT NULL)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  CREATE TRIGGER references_begun AFTER INSERT ON inbox.conversations FOR EACH ROW WHEN (((new.custom <> '{}'::jsonb) AND ((new.custom)::text ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  CREATE TRIGGER references_changed AFTER UPDATE ON inbox.conversations FOR EACH ROW WHEN (((old.custom IS DISTINCT FROM new.custom) AND ((COALESCE((old.custom)::text, ''::text) || COALESCE((new.custom)::text, ''::text)) ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  CREATE TRIGGER references_ended AFTER DELETE ON inbox.conversations FOR EACH ROW WHEN (((old.custom <> '{}'::jsonb) AND ((old.custom)::text ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table inbox.drafts row security forced
  column conversation_id uuid not null
  column file_ids uuid[] not null default '{}'::uuid[]
  column mode text not null
  column operator_id uuid not null
  column text text not null
  column updated_at timestamp with time zone not null default now()
  column workspace_id uuid not null
  constraint drafts_mode_check CHECK ((mode = ANY (ARRAY['reply'::text, 'note'::text])))
  constraint drafts_pkey PRIMARY KEY (workspace_id, operator_id, conversation_id)
  constraint drafts_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES inbox.conversations(workspace_id, id) ON DELETE CASCADE
  constraint drafts_workspace_id_operator_id_fkey FOREIGN KEY (workspace_id, operator_id) REFERENCES access.operators(workspace_id, id) ON DELETE CASCADE
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table inbox.messages row security forced
  column account_id uuid
  column address text
  column arrival_id uuid
  column automatic text
  column context jsonb not null default '{}'::jsonb
  column conversation_id uuid not null
  column created_at timestamp with time zone not null default now()
  column deleted_at timestamp with time zone
  column delivery text
  column delivery_reason text
  column delivery_reason_code text
  column direction text not null
  column edited_at timestamp with time zone
  column email text
  column event jsonb
  column from_address text
  column from_name text
  column html text
  column id uuid not null default uuidv7()
  column in_reply_to text
  column is_first_answer boolean not null default false
  column operator_id uuid
  column person_id uuid
  column provider_id text
  column quoted text
  column sent_at timestamp with time zone not null
  column seq integer not null
  column subject text
  column text text not null default ''::text
  column thread text
  column wait_seconds integer
  column workspace_id uuid not null
  constraint messages_delivery_check CHECK ((delivery = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'failed'::text, 'unknown'::text])))
  constraint messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text, 'note'::text, 'event'::text])))
  constraint messages_pkey PRIMARY KEY (workspace_id, id)
  constraint messages_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES channels.accounts(workspace_id, id)
  constraint messages_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES inbox.conversations(workspace_id, id) ON DELETE CASCADE
  constraint messages_workspace_id_conversation_id_seq_key UNIQUE (workspace_id, conversation_id, seq)
  CREATE UNIQUE INDEX messages_by_provider_id ON inbox.messages USING btree (workspace_id, account_id, provider_id) WHERE (provider_id IS NOT NULL)
  CREATE INDEX messages_of_operator ON inbox.messages USING btree (workspace_id, operator_id, sent_at DESC) WHERE (direction = 'out'::text)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table inbox.numbers row security forced with (fillfactor=10)
  column last_number bigint not null
  column workspace_id uuid not null
  constraint numbers_pkey PRIMARY KEY (workspace_id)
  constraint numbers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

view inbox.own_conversations
  column account_id uuid
  column assigned_at timestamp(3) with time zone
  column closed_at timestamp(3) with time zone
  column closed_by uuid
  column created_at timestamp(3) with time zone
  column custom jsonb
  column due_at timestamp(3) with time zone
  column first_answer_in_time boolean
  column first_answer_seconds integer
  column first_answered_at timestamp(3) with time zone
  column first_incoming_at timestamp(3) with time zone
  column id uuid
  column last_direction text
  column last_incoming_at timestamp(3) with time zone
  column last_message_at timestamp(3) with time zone
  column last_seq integer
  column last_text text
  column limit_at timestamp(3) with time zone
  column number bigint
  column owner_id uuid
  column person_id uuid
  column preferred_owner_id uuid
  column priority text
  column reopened_count integer
  column routing jsonb
  column snoozed_until timestamp(3) with time zone
  column status text
  column subject text
  column tags text[]
  column team_id uuid
  column updated_at timestamp(3) with time zone
  column waiting_since timestamp(3) with time zone
  column workspace_id uuid
  grants okno_app: SELECT
 SELECT workspace_id,
    id,
    number,
    person_id,
    account_id,
    subject,
    status,
    priority,
    owner_id,
    team_id,
    tags,
    last_seq,
    last_message_at,
    last_text,
    last_direction,
    last_incoming_at,
    waiting_since,
    due_at,
    limit_at,
    first_incoming_at,
    first_answered_at,
    first_answer_seconds,
    first_answer_in_time,
    assigned_at,
    preferred_owner_id,
    snoozed_until,
    closed_at,
    closed_by,
    reopened_count,
    routing,
    created_at,
    updated_at,
    custom
   FROM inbox.conversations
  WHERE (workspace_id = platform.current_workspace());

table inbox.reads row security forced
  column conversation_id uuid not null
  column operator_id uuid not null
  column seq integer not null
  column workspace_id uuid not null
  constraint reads_pkey PRIMARY KEY (workspace_id, operator_id, conversation_id)
  constraint reads_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES inbox.conversations(workspace_id, id) ON DELETE CASCADE
  constraint reads_workspace_id_operator_id_fkey FOREIGN KEY (workspace_id, operator_id) REFERENCES access.operators(workspace_id, id) ON DELETE CASCADE
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table inbox.settings row security forced
  column business_hours jsonb not null
  column first_answer_minutes integer not null default 60
  column limit_minutes integer not null default 1440
  column next_answer_minutes integer not null default 60
  column reopen_days integer not null default 7
  column workspace_id uuid not null
  constraint settings_first_answer_minutes_check CHECK ((first_answer_minutes > 0))
  constraint settings_limit_minutes_check CHECK ((limit_minutes > 0))
  constraint settings_next_answer_minutes_check CHECK ((next_answer_minutes > 0))
  constraint settings_pkey PRIMARY KEY (workspace_id)
  constraint settings_reopen_days_check CHECK ((reopen_days >= 0))
  constraint settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table inbox.snippets row security forced
  column created_at timestamp with time zone not null default now()
  column id uuid not null default uuidv7()
  column shortcut text not null
  column text text not null
  column title text not null
  column workspace_id uuid not null
  constraint snippets_pkey PRIMARY KEY (workspace_id, id)
  constraint snippets_shortcut_check CHECK ((shortcut ~ '^[[:alnum:]_-]{1,40}$'::text))
  constraint snippets_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  CREATE UNIQUE INDEX snippets_by_shortcut ON inbox.snippets USING btree (workspace_id, lower(shortcut))
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table inbox.tags row security forced
  column name text not null
  column workspace_id uuid not null
  constraint tags_name_check CHECK (((length(name) >= 1) AND (length(name) <= 50)))
  constraint tags_pkey PRIMARY KEY (workspace_id, name)
  constraint tags_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table inbox.threads row security forced
  column account_id uuid not null
  column conversation_id uuid not null
  column created_at timestamp with time zone not null default now()
  column participant text not null
  column thread text not null
  column workspace_id uuid not null
  constraint threads_pkey PRIMARY KEY (workspace_id, account_id, thread, participant)
  constraint threads_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES inbox.conversations(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX threads_of_conversation ON inbox.threads USING btree (workspace_id, conversation_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table integrations.attempts row security forced
  column answer text not null
  column at timestamp with time zone not null
  column delivery_id uuid not null
  column id uuid not null default uuidv7()
  column reason text
  column reason_code text
  column status integer
  column took_ms integer not null
  column workspace_id uuid not null
  constraint attempts_pkey PRIMARY KEY (workspace_id, id)
  constraint attempts_workspace_id_delivery_id_fkey FOREIGN KEY (workspace_id, delivery_id) REFERENCES integrations.deliveries(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX attempts_of ON integrations.attempts USING btree (workspace_id, delivery_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table integrations.deliveries row security forced
  column actor jsonb not null
  column attempts integer not null default 0
  column body text
  column changes jsonb
  column data jsonb not null
  column event_id text not null
  column event_seq bigint not null
  column first_try_at timestamp with time zone
  column id uuid not null default uuidv7()
  column lane text not null
  column lease_until timestamp with time zone
  column next_try_at timestamp with time zone
  column occurred_at timestamp with time zone not null
  column reason text
  column reason_code text
  column settled_at timestamp with time zone
  column state text not null default 'queued'::text
  column status integer
  column type text not null
  column webhook_id uuid not null
  column workspace_id uuid not null
  constraint deliveries_pkey PRIMARY KEY (workspace_id, id)
  constraint deliveries_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'delivered'::text, 'given_up'::text])))
  constraint deliveries_workspace_id_webhook_id_fkey FOREIGN KEY (workspace_id, webhook_id) REFERENCES integrations.webhooks(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX deliveries_being_sent ON integrations.deliveries USING btree (lease_until) WHERE (state = 'sending'::text)
  CREATE INDEX deliveries_by_age ON integrations.deliveries USING brin (occurred_at)
  CREATE INDEX deliveries_due ON integrations.deliveries USING btree (workspace_id, webhook_id, next_try_at) WHERE ((state = 'queued'::text) AND (next_try_at IS NOT NULL))
  CREATE INDEX deliveries_in_lane ON integrations.deliveries USING btree (workspace_id, webhook_id, lane, event_seq) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]))
  CREATE INDEX deliveries_log ON integrations.deliveries USING btree (workspace_id, webhook_id, occurred_at, id)
  CREATE UNIQUE INDEX deliveries_once ON integrations.deliveries USING btree (workspace_id, webhook_id, event_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table integrations.positions row security forced
  column seq bigint not null
  column workspace_id uuid not null
  column xid xid8 not null default pg_current_xact_id()
  constraint positions_pkey PRIMARY KEY (workspace_id)
  constraint positions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table integrations.webhooks row security forced
  column allow_private boolean not null
  column created_at timestamp with time zone not null default now()
  column events text[] not null
  column failing_since timestamp with time zone
  column id uuid not null default uuidv7()
  column last_reason text
  column last_reason_code text
  column last_taken_at timestamp with time zone
  column name text not null
  column off_because text
  column old_secret text
  column old_secret_until timestamp with time zone
  column secret text not null
  column since_xid xid8 not null default pg_current_xact_id()
  column state text not null default 'active'::text
  column url text not null
  column with_object boolean not null
  column workspace_id uuid not null
  constraint webhooks_check CHECK (((state = 'off'::text) = (off_because IS NOT NULL)))
  constraint webhooks_events_check CHECK (((cardinality(events) >= 1) AND (cardinality(events) <= 100)))
  constraint webhooks_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
  constraint webhooks_off_because_check CHECK ((off_because = ANY (ARRAY['gone'::text, 'failing'::text])))
  constraint webhooks_pkey PRIMARY KEY (workspace_id, id)
  constraint webhooks_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'off'::text])))
  constraint webhooks_url_check CHECK (((length(url) >= 1) AND (length(url) <= 2000)))
  constraint webhooks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table objects.bulk_edit_rows row security forced
  column after jsonb
  column before jsonb
  column edit_id uuid not null
  column memory jsonb
  column problem text
  column state text not null
  column thing_id uuid not null
  column workspace_id uuid not null
  constraint bulk_edit_rows_pkey PRIMARY KEY (workspace_id, edit_id, thing_id)
  constraint bulk_edit_rows_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'changed'::text, 'same'::text, 'failed'::text, 'undone'::text, 'left'::text])))
  constraint bulk_edit_rows_workspace_id_edit_id_fkey FOREIGN KEY (workspace_id, edit_id) REFERENCES objects.bulk_edits(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX bulk_edit_rows_by_state ON objects.bulk_edit_rows USING btree (workspace_id, edit_id, state, thing_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table objects.bulk_edits row security forced
  column changed integer not null default 0
  column created_at timestamp(3) with time zone not null
  column ended_at timestamp(3) with time zone
  column failed integer not null default 0
  column field text not null
  column id uuid not null default uuidv7()
  column left_alone integer not null default 0
  column object text not null
  column op text not null
  column operator_id uuid not null
  column operator_name text not null
  column same integer not null default 0
  column state text not null
  column total integer not null
  column undone integer not null default 0
  column undone_by uuid
  column value jsonb
  column workspace_id uuid not null
  constraint bulk_edits_op_check CHECK ((op = ANY (ARRAY['set'::text, 'clear'::text, 'add'::text, 'remove'::text])))
  constraint bulk_edits_pkey PRIMARY KEY (workspace_id, id)
  constraint bulk_edits_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'stopped'::text, 'undoing'::text, 'undone'::text])))
  constraint bulk_edits_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  CREATE INDEX bulk_edits_newest ON objects.bulk_edits USING btree (workspace_id, created_at, id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table objects.field_indexes row security forced
  column asked_at timestamp(3) with time zone not null
  column ended_at timestamp(3) with time zone
  column field_id uuid not null
  column problem text
  column state text not null
  column workspace_id uuid not null
  constraint field_indexes_pkey PRIMARY KEY (workspace_id, field_id)
  constraint field_indexes_state_check CHECK ((state = ANY (ARRAY['building'::text, 'ready'::text, 'failed'::text])))
  constraint field_indexes_workspace_id_field_id_fkey FOREIGN KEY (workspace_id, field_id) REFERENCES objects.fields(workspace_id, id) ON DELETE CASCADE
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table objects.fields row security forced
  column archived_at timestamp with time zone
  column created_at timestamp with time zone not null default now()
  column description jsonb not null
  column id uuid not null default uuidv7()
  column key text not null
  column object text not null
  column "position" integer not null default 0
  column type text not null
  column workspace_id uuid not null
  constraint fields_key_check CHECK ((key ~ '^[a-z][a-z0-9_]{0,39}$'::text))
  constraint fields_pkey PRIMARY KEY (workspace_id, id)
  constraint fields_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  constraint fields_workspace_id_object_key_key UNIQUE (workspace_id, object, key)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table objects.objects row security forced
  column archived_at timestamp with time zone
  column created_at timestamp with time zone not null default now()
  column id uuid not null default uuidv7()
  column key text not null
  column label jsonb not null
  column workspace_id uuid not null
  constraint objects_key_check CHECK ((key ~ '^[a-z][a-z0-9_]{0,39}$'::text))
  constraint objects_pkey PRIMARY KEY (workspace_id, id)
  constraint objects_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  constraint objects_workspace_id_key_key UNIQUE (workspace_id, key)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

view objects.own_records
  column archived_at timestamp with time zone
  column created_at timestamp(3) with time zone
  column custom jsonb
  column id uuid
  column name text
  column object_id uuid
  column updated_at timestamp(3) with time zone
  column workspace_id uuid
  grants okno_app: SELECT
 SELECT workspace_id,
    id,
    object_id,
    name,
    custom,
    archived_at,
    created_at,
    updated_at
   FROM objects.records
  WHERE (workspace_id = platform.current_workspace());

table objects.records row security forced
  column archived_at timestamp with time zone
  column created_at timestamp(3) with time zone not null default now()
  column custom jsonb not null default '{}'::jsonb
  column id uuid not null default uuidv7()
  column name text not null
  column object_id uuid not null
  column updated_at timestamp(3) with time zone not null default now()
  column workspace_id uuid not null
  constraint records_name_check CHECK (((length(name) >= 1) AND (length(name) <= 300)))
  constraint records_pkey PRIMARY KEY (workspace_id, id)
  constraint records_workspace_id_object_id_fkey FOREIGN KEY (workspace_id, object_id) REFERENCES objects.objects(workspace_id, id)
  CREATE INDEX records_by_custom ON objects.records USING gin (workspace_id, custom jsonb_path_ops) WHERE (custom <> '{}'::jsonb)
  CREATE INDEX records_by_name ON objects.records USING btree (workspace_id, object_id, lower(name), id)
  CREATE INDEX records_newest ON objects.records USING btree (workspace_id, object_id, created_at, id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  CREATE TRIGGER references_begun AFTER INSERT ON objects.records FOR EACH ROW WHEN (((new.custom <> '{}'::jsonb) AND ((new.custom)::text ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  CREATE TRIGGER references_changed AFTER UPDATE ON objects.records FOR EACH ROW WHEN (((old.custom IS DISTINCT FROM new.custom) AND ((COALESCE((old.custom)::text, ''::text) || COALESCE((new.custom)::text, ''::text)) ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  CREATE TRIGGER references_ended AFTER DELETE ON objects.records FOR EACH ROW WHEN (((old.custom <> '{}'::jsonb) AND ((old.custom)::text ~ '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'::text))) EXECUTE FUNCTION platform.keep_references()
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table objects.unique_values row security forced
  column field_id uuid not null
  column holder_id uuid not null
  column value text not null
  column workspace_id uuid not null
  constraint unique_values_pkey PRIMARY KEY (workspace_id, field_id, value)
  constraint unique_values_workspace_id_field_id_fkey FOREIGN KEY (workspace_id, field_id) REFERENCES objects.fields(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX unique_values_of_holder ON objects.unique_values USING btree (workspace_id, holder_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table objects.versions row security forced
  column version bigint not null
  column workspace_id uuid not null
  constraint versions_pkey PRIMARY KEY (workspace_id)
  constraint versions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table objects.views row security forced
  column columns jsonb not null
  column condition jsonb
  column created_at timestamp(3) with time zone not null
  column group_by text
  column id uuid not null default uuidv7()
  column is_shared boolean not null default false
  column name text not null
  column object text not null
  column owner_id uuid not null
  column sort text not null
  column updated_at timestamp(3) with time zone not null
  column workspace_id uuid not null
  constraint views_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
  constraint views_pkey PRIMARY KEY (workspace_id, id)
  constraint views_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspaces(id)
  CREATE UNIQUE INDEX views_by_name ON objects.views USING btree (workspace_id, object, owner_id, lower(name))
  CREATE INDEX views_shared ON objects.views USING btree (workspace_id, object) WHERE is_shared
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table platform.audit_log row security forced
  column action text not null
  column at timestamp with time zone not null default now()
  column details jsonb not null default '{}'::jsonb
  column id uuid not null default uuidv7()
  column object text not null
  column object_id uuid
  column operator_id uuid
  column request_id text
  column workspace_id uuid not null
  constraint audit_log_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX audit_by_object ON platform.audit_log USING btree (workspace_id, object, object_id, id DESC)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: INSERT, SELECT

table platform.custom_references row security forced
  column from_id uuid not null
  column key text not null
  column to_id uuid not null
  column workspace_id uuid not null
  constraint custom_references_pkey PRIMARY KEY (workspace_id, from_id, key)
  CREATE INDEX custom_references_to ON platform.custom_references USING btree (workspace_id, key, to_id, from_id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table platform.events row security forced
  column actor jsonb not null
  column at timestamp with time zone not null default now()
  column audience text[] not null
  column changes jsonb
  column data jsonb not null
  column name text not null
  column seq bigint not null identity
  column workspace_id uuid not null
  column xid xid8 not null default pg_current_xact_id()
  constraint events_pkey PRIMARY KEY (workspace_id, xid, seq)
  CREATE INDEX events_by_age ON platform.events USING brin (at)
  CREATE INDEX events_in_order ON platform.events USING btree (xid, seq)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table platform.files row security forced
  column created_at timestamp with time zone not null default now()
  column id uuid not null default uuidv7()
  column mime text not null
  column name text not null
  column sha256 bytea not null
  column size_bytes bigint not null
  column workspace_id uuid not null
  constraint files_pkey PRIMARY KEY (workspace_id, id)
  constraint files_sha256_check CHECK ((length(sha256) = 32))
  CREATE INDEX files_by_content ON platform.files USING btree (workspace_id, sha256)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table platform.idempotent_answers row security forced
  column body jsonb not null
  column created_at timestamp with time zone not null default now()
  column key text not null
  column operator_id uuid not null
  column request_hash bytea not null
  column status integer not null
  column workspace_id uuid not null
  constraint idempotent_answers_pkey PRIMARY KEY (workspace_id, operator_id, key)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table platform.migrations
  column applied_at timestamp with time zone not null default now()
  column hash text not null
  column name text not null
  constraint migrations_pkey PRIMARY KEY (name)

view platform.own_custom_references
  column from_id uuid
  column key text
  column to_id uuid
  column workspace_id uuid
  grants okno_app: SELECT
 SELECT workspace_id,
    from_id,
    key,
    to_id
   FROM platform.custom_references
  WHERE (workspace_id = platform.current_workspace());

view platform.own_search_documents
  column at timestamp with time zone
  column body text
  column facts jsonb
  column id uuid
  column object text
  column title text
  column words tsvector
  column workspace_id uuid
  grants okno_app: SELECT
 SELECT workspace_id,
    object,
    id,
    title,
    body,
    facts,
    at,
    words
   FROM platform.search_documents
  WHERE (workspace_id = platform.current_workspace());

view platform.own_search_spellings
  column spellings text[]
  column word text
  column workspace_id uuid
  grants okno_app: SELECT
 SELECT workspace_id,
    word,
    spellings
   FROM platform.search_spellings
  WHERE (workspace_id = platform.current_workspace());

table platform.search_documents row security forced
  column at timestamp with time zone not null default now()
  column body text not null default ''::text
  column facts jsonb not null default '{}'::jsonb
  column id uuid not null
  column object text not null
  column title text not null
  column words tsvector not null stored default ((setweight(to_tsvector('simple'::regconfig, title), 'A'::"char") || to_tsvector('russian'::regconfig, "left"(body, 100000))) || to_tsvector('english'::regconfig, "left"(body, 100000)))
  column workspace_id uuid not null
  constraint search_documents_pkey PRIMARY KEY (workspace_id, object, id)
  CREATE INDEX search_titles_by_odd_words ON platform.search_documents USING gin (workspace_id, platform.other_letters(title) public.gin_trgm_ops) WITH (gin_pending_list_limit='128') WHERE platform.has_odd_words(title)
  CREATE INDEX search_titles_of_cards ON platform.search_documents USING gin (platform.search_keys(workspace_id, object, at), lower(title) public.gin_trgm_ops) WITH (gin_pending_list_limit='128') WHERE ((title <> ''::text) AND (object <> ALL (ARRAY['conversation'::text, 'message'::text])))
  CREATE INDEX search_titles_of_conversations ON platform.search_documents USING gin (platform.search_keys(workspace_id, object, at), lower(title) public.gin_trgm_ops) WITH (gin_pending_list_limit='128') WHERE ((title <> ''::text) AND (object = ANY (ARRAY['conversation'::text, 'message'::text])))
  CREATE INDEX search_words_by_day ON platform.search_documents USING gin (workspace_id, platform.search_keys(object, at), words) WITH (gin_pending_list_limit='128')
  CREATE INDEX search_words_of_cards ON platform.search_documents USING gin (workspace_id, object, words) WITH (fastupdate=off) WHERE (object <> ALL (ARRAY['conversation'::text, 'message'::text]))
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table platform.search_spellings row security forced
  column spellings text[] not null stored default platform.spellings(word)
  column word text not null
  column workspace_id uuid not null
  constraint search_spellings_pkey PRIMARY KEY (workspace_id, word)
  CREATE INDEX search_spellings_alike ON platform.search_spellings USING gin (workspace_id, spellings)
  CREATE INDEX search_spellings_by_part ON platform.search_spellings USING gin (workspace_id, word public.gin_trgm_ops)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (workspace_id = platform.current_workspace()) check (workspace_id = platform.current_workspace())
  grants okno_app: DELETE, INSERT, SELECT, UPDATE

table platform.workspaces row security forced
  column created_at timestamp with time zone not null default now()
  column id uuid not null
  column locale text not null default 'ru'::text
  column name text not null
  column time_zone text not null default 'Europe/Moscow'::text
  constraint workspaces_locale_check CHECK ((locale = ANY (ARRAY['ru'::text, 'en'::text])))
  constraint workspaces_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint workspaces_pkey PRIMARY KEY (id)
  policy housekeeping all to okno using true check true
  policy one_workspace all to okno_app using (id = platform.current_workspace()) check (id = platform.current_workspace())
  grants okno_app: SELECT, UPDATE

-- functions

CREATE OR REPLACE FUNCTION platform.add_jobs(jobs jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform graphile_worker.add_jobs(array(
    select (
      job ->> 'identifier', (job -> 'payload')::json, job ->> 'queue_name', (job ->> 'run_at')::timestamptz,
      (job ->> 'max_attempts')::int, job ->> 'job_key', (job ->> 'priority')::int, null
    )::graphile_worker.job_spec
    from jsonb_array_elements(jobs) as job
  ));
end $function$
  grants okno_app: EXECUTE; public: EXECUTE

CREATE OR REPLACE FUNCTION platform.current_workspace()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('okno.workspace'::text, true), ''::text))::uuid

CREATE OR REPLACE FUNCTION platform.events_settled_before()
 RETURNS xid8
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select least(
    coalesce(min(running.xid), pg_snapshot_xmax(pg_current_snapshot())),
    pg_current_xact_id_if_assigned())
  from pg_snapshot_xip(pg_current_snapshot()) as running (xid)
  where not exists (
    select from pg_stat_activity as a
    where a.backend_xid = running.xid::xid
      and (a.datid <> (select oid from pg_database where datname = current_database()) or a.application_name = 'okno quiet'))
$function$
  grants okno_app: EXECUTE; public: EXECUTE

CREATE OR REPLACE FUNCTION platform.has_odd_words(title text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (title ~ '[^\x01-\x7f]\S*[^[:alpha:]\s-]|[^[:alpha:]\s-]\S*[^\x01-\x7f]'::text)

CREATE OR REPLACE FUNCTION platform.keep_references()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'INSERT' then
    delete from platform.custom_references as kept
    where kept.workspace_id = old.workspace_id and kept.from_id = old.id
      and (tg_op = 'DELETE' or not exists (select from platform.references_among(new.custom) as named where named.key = kept.key));
  end if;
  if tg_op <> 'DELETE' then
    insert into platform.custom_references as kept (workspace_id, from_id, key, to_id)
    select new.workspace_id, new.id, named.key, named.to_id from platform.references_among(new.custom) as named
    on conflict (workspace_id, from_id, key) do update set to_id = excluded.to_id where kept.to_id <> excluded.to_id;
  end if;
  return null;
end $function$

CREATE OR REPLACE FUNCTION platform.keep_references_of(target regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  named constant text := '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"';
begin
  execute format('create trigger references_begun after insert on %s for each row when (new.custom <> ''{}'' and new.custom::text ~ %L) execute function platform.keep_references()', target, named);
  execute format('create trigger references_changed after update on %s for each row when (old.custom is distinct from new.custom and (coalesce(old.custom::text, '''') || coalesce(new.custom::text, '''')) ~ %L) execute function platform.keep_references()', target, named);
  execute format('create trigger references_ended after delete on %s for each row when (old.custom <> ''{}'' and old.custom::text ~ %L) execute function platform.keep_references()', target, named);
end $function$

CREATE OR REPLACE FUNCTION platform.other_letters(title text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(lower(title), '[!-~]+'::text, ' '::text, 'g'::text)

CREATE OR REPLACE FUNCTION platform.protect(target regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy one_workspace on %s to okno_app using (workspace_id = platform.current_workspace()) with check (workspace_id = platform.current_workspace())', target);
  execute format('create policy housekeeping on %s to %I using (true) with check (true)', target, current_user);
  execute format('grant select, insert, update, delete on %s to okno_app', target);
end $function$

CREATE OR REPLACE FUNCTION platform.references_among(custom jsonb)
 RETURNS TABLE(key text, to_id uuid)
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select each.key, each.value::uuid
    from jsonb_each_text(case when jsonb_typeof(custom) = 'object' then custom else '{}' end) as each
    where each.value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  $function$

CREATE OR REPLACE FUNCTION platform.search_keys(object text, at timestamp with time zone)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ARRAY[object, ((object || ' '::text) || (floor((EXTRACT(epoch FROM at) / (86400)::numeric)))::integer)]

CREATE OR REPLACE FUNCTION platform.search_keys(workspace uuid, object text, at timestamp with time zone)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ARRAY[((workspace || ' '::text) || object), ((((workspace || ' '::text) || object) || ' '::text) || (floor((EXTRACT(epoch FROM at) / (86400)::numeric)))::integer)]

CREATE OR REPLACE FUNCTION platform.spellings(word text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (ARRAY[word] || ARRAY(SELECT DISTINCT ("left"(spellings.word, (n.n - 1)) || substr(spellings.word, (n.n + 1))) FROM generate_series(1, length(spellings.word)) n(n)))

-- text search

-- migrations
migration 2026-11-21-0001-platform.sql
migration 2026-11-21-0100-access.sql
migration 2026-11-21-0200-customers.sql
migration 2026-11-21-0300-channels.sql
migration 2026-11-21-0400-inbox.sql
migration 2026-11-22-0300-merged-people.sql
migration 2026-11-22-0300-own-sessions.sql
migration 2026-11-22-0301-merged-people-index.sql
migration 2026-11-22-0302-shared-identities.sql
migration 2026-11-22-0303-weighed-likenesses.sql
migration 2026-11-22-0304-likenesses-queue.sql
migration 2026-11-22-0305-likenesses-unweighed.sql
migration 2026-11-22-0306-merges.sql
migration 2026-11-22-0307-matching.sql
migration 2026-11-22-0310-search-by-day.sql
migration 2026-11-22-0311-search-words-by-day.sql
migration 2026-11-22-0312-search-titles-by-day.sql
migration 2026-11-22-0313-search-words-once.sql
migration 2026-11-22-0314-search-titles-once.sql
migration 2026-11-22-0330-objects.sql
migration 2026-11-22-0341-people-by-custom.sql
migration 2026-11-22-0342-companies-by-custom.sql
migration 2026-11-22-0343-people-by-city.sql
migration 2026-11-22-0344-people-by-change.sql
migration 2026-11-22-0345-people-by-stage.sql
migration 2026-11-22-0346-people-by-name-part.sql
migration 2026-11-22-0420-own-people.sql
migration 2026-11-22-0421-own-conversations.sql
migration 2026-11-22-0440-views.sql
migration 2026-11-22-0500-person-facts.sql
migration 2026-11-22-0501-own-people-facts.sql
migration 2026-11-22-0502-consent-ledger.sql
migration 2026-11-22-0503-preferences.sql
migration 2026-11-22-0504-tasks.sql
migration 2026-11-22-0505-notes.sql
migration 2026-11-22-0506-relations.sql
migration 2026-11-22-0507-person-files.sql
migration 2026-11-22-0508-timeline-by-kind.sql
migration 2026-11-22-0520-company-requisites.sql
migration 2026-11-22-0521-companies-by-inn.sql
migration 2026-11-22-0522-companies-of-parent.sql
migration 2026-11-22-0523-employment-roles.sql
migration 2026-11-22-0524-employments-main.sql
migration 2026-11-22-0525-employments-untold.sql
migration 2026-11-22-0526-company-timeline.sql
migration 2026-11-22-0527-households.sql
migration 2026-11-22-0528-company-entries-of-people.sql
migration 2026-11-22-0529-single-identities.sql
migration 2026-11-22-0530-card-layouts.sql
migration 2026-11-22-0540-grouped-views.sql
migration 2026-11-22-0541-bulk-edits.sql
migration 2026-11-22-0560-exchange.sql
migration 2026-11-22-0561-imports.sql
migration 2026-11-22-0580-restricted-people.sql
migration 2026-11-22-0581-erasures.sql
migration 2026-11-22-0582-exports.sql
migration 2026-11-22-0600-webhooks.sql
migration 2026-11-22-0601-keys-for-tools.sql
migration 2026-11-22-0700-held-matching.sql
migration 2026-11-22-0701-imports-searched.sql
migration 2026-11-22-0710-conversation-fields.sql
migration 2026-11-22-0711-conversations-by-custom.sql
migration 2026-11-22-0713-conversations-by-closing.sql
migration 2026-11-22-0714-conversations-by-first-answer.sql
migration 2026-11-22-0715-bulk-memory.sql
migration 2026-11-22-0716-conversations-of-nobody.sql
migration 2026-11-22-0720-open-tasks-by-time.sql
migration 2026-11-22-0721-done-tasks-by-time.sql
migration 2026-11-22-0722-field-indexes.sql
migration 2026-11-22-0723-own-records.sql
migration 2026-11-22-0730-changes-of-events.sql
migration 2026-11-22-0731-changes-of-deliveries.sql
migration 2026-11-22-0732-archives.sql
migration 2026-11-22-0820-search-words-of-cards.sql
migration 2026-11-22-0821-short-pending-lists.sql
migration 2026-11-22-0830-events-settled.sql
migration 2026-11-22-0840-open-conversations-of-person.sql
migration 2026-11-22-0900-known-operators.sql
migration 2026-11-22-0910-cards-at-their-place.sql
migration 2026-11-22-0930-conversations-by-priority.sql
migration 2026-11-22-0931-conversations-by-priority-once.sql
migration 2026-11-22-0940-erasures-of-imports.sql
migration 2026-11-22-0950-search-keys-of-workspace.sql
migration 2026-11-22-0951-search-titles-of-cards.sql
migration 2026-11-22-0952-search-titles-of-conversations.sql
migration 2026-11-22-0953-search-titles-apart.sql
migration 2026-11-22-0955-known-words-by-part.sql
migration 2026-11-22-0956-odd-words.sql
migration 2026-11-22-0957-titles-by-odd-words.sql
migration 2026-11-22-0980-custom-references.sql
migration 2026-11-22-0981-references-of-records.sql
migration 2026-11-22-0982-references-of-people.sql
migration 2026-11-22-0983-references-of-companies.sql
migration 2026-11-22-0984-references-of-conversations.sql
migration 2026-11-22-0985-known-references-of-records.sql
migration 2026-11-22-0986-known-references-of-people.sql
migration 2026-11-22-0987-known-references-of-companies.sql
migration 2026-11-22-0988-known-references-of-conversations.sql
migration 2026-11-22-0989-references-counted.sql
migration 2026-11-23-0100-others-of-an-import.sql
migration 2026-11-23-0240-attachments-of-files.sql
migration 2026-11-23-0300-values-of-archived-records.sql
