-- Conditions on a part of a name.
create index concurrently if not exists people_by_name_part on customers.people using gin (workspace_id, lower(name) gin_trgm_ops);
