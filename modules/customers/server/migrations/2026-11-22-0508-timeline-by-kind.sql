-- Few entries of one kind among very many of others: the filter of a timeline, and the history of stages.
create index concurrently if not exists timeline_by_kind on customers.timeline (workspace_id, person_id, kind, at desc, id desc);
