-- People, companies and records are a fifth of all documents: a name among them alone is found in a third of the time.
create index concurrently if not exists search_words_of_cards on platform.search_documents
  using gin (workspace_id, object, words) with (gin_pending_list_limit = 128)
  where object not in ('conversation', 'message');
