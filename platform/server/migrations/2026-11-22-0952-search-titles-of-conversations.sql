create index concurrently if not exists search_titles_of_conversations on platform.search_documents
  using gin (platform.search_keys(workspace_id, object, at), lower(title) gin_trgm_ops) with (gin_pending_list_limit = 128)
  where title <> '' and object in ('conversation', 'message');
