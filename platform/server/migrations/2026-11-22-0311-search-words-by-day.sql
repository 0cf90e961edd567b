create index concurrently if not exists search_words_by_day on platform.search_documents
  using gin (workspace_id, platform.search_keys(object, at), words);
