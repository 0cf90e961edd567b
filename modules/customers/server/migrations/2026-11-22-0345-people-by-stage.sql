-- Lists of people by stage.
create index concurrently if not exists people_by_stage on customers.people (workspace_id, stage, id);
