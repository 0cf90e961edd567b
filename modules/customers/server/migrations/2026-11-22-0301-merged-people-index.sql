create index concurrently if not exists people_shown_as on customers.people (workspace_id, shown_as) where shown_as is not null;
