-- An archived record holds no unique value any more: nobody sees it, and others were refused what only it had.
-- safe: records are archived by hand, and of those only unique values go
delete from objects.unique_values u using objects.records r
  where r.workspace_id = u.workspace_id and r.id = u.holder_id and r.archived_at is not null;
