-- Lists of conversations by how long the first answer took.
create index concurrently if not exists conversations_by_first_answer on inbox.conversations (workspace_id, first_answer_seconds, id) where first_answer_seconds is not null;
