-- Own rows without row-level security between a condition and its index (docs/decisions/0008). Only for reading; a column that is added
-- to the table is added here by `create or replace view`.
create view inbox.own_conversations as select * from inbox.conversations where workspace_id = platform.current_workspace();
grant select on inbox.own_conversations to okno_app;
