create index concurrently if not exists likenesses_queue on customers.likenesses (workspace_id, probability desc, person_id, other_id)
  where state = 'open' and verdict in ('auto', 'review');
