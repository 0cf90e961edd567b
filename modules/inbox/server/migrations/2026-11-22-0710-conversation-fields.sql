-- Values of the company's own fields of conversations. The version before writes null for new ones: as good as none.
alter table inbox.conversations add column custom jsonb default '{}';
-- The view names the new column of its table.
create or replace view inbox.own_conversations as select * from inbox.conversations where workspace_id = platform.current_workspace();
