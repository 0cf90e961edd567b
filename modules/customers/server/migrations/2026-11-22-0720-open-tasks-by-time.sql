create index concurrently if not exists open_tasks on customers.tasks (workspace_id, due_at, id) where done_at is null;
