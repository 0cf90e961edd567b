-- Who is shown as whom, so that conditions find what belongs to a card and to those joined to it.
create index concurrently if not exists people_shown on customers.people (workspace_id, coalesce(shown_as, id));
