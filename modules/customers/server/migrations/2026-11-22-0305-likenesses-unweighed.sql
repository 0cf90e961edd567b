create index concurrently if not exists likenesses_unweighed on customers.likenesses (workspace_id, person_id, other_id)
  where state = 'open' and verdict is null;
