-- Lists of people by their last change.
create index concurrently if not exists people_by_change on customers.people (workspace_id, updated_at, id);
