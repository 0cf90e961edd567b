-- Few titles have such words.
create index concurrently if not exists search_titles_by_odd_words on platform.search_documents
  using gin (workspace_id, platform.other_letters(title) gin_trgm_ops) with (gin_pending_list_limit = 128)
  where platform.has_odd_words(title);
