create index concurrently if not exists done_tasks on customers.tasks (workspace_id, done_at desc, id desc) where done_at is not null;
