-- Lists of conversations by when they began.
create index concurrently if not exists conversations_by_creation on inbox.conversations (workspace_id, created_at, id);
