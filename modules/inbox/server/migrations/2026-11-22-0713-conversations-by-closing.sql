-- Lists of conversations by when they were closed.
create index concurrently if not exists conversations_by_closing on inbox.conversations (workspace_id, closed_at, id) where closed_at is not null;
