-- What few conversations have, a priority, together with what else they are narrowed by: where both together are rare, all of that priority are
-- looked through within the index instead of in the table.
create index concurrently if not exists conversations_by_priority on inbox.conversations
  (workspace_id, priority, last_message_at desc, id desc, account_id, team_id, owner_id) where priority <> 'normal';
