-- Equality of any custom value of conversations.
create index concurrently if not exists conversations_by_custom on inbox.conversations using gin (workspace_id, custom jsonb_path_ops) where custom <> '{}';
