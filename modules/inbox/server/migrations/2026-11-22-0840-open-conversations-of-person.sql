-- What is still open with somebody: the brief of a card asks for it, and somebody with tens of thousands of closed talks has nearly none.
create index concurrently if not exists conversations_open_of_person
  on inbox.conversations (workspace_id, person_id, last_message_at desc, id desc) where status <> 'closed';
