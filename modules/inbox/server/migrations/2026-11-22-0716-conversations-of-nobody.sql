-- What every operator may see of others: with the indexes of owner and team, all that one of them may be shown.
create index concurrently if not exists conversations_of_nobody on inbox.conversations (workspace_id, last_message_at desc, id desc) where owner_id is null and team_id is null;
