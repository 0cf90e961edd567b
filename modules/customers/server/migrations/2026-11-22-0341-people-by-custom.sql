-- Equality of any custom value of people.
create index concurrently if not exists people_by_custom on customers.people using gin (workspace_id, custom jsonb_path_ops) where custom <> '{}';
