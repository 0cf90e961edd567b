create index concurrently if not exists search_titles_by_day on platform.search_documents
  using gin (workspace_id, platform.search_keys(object, at), lower(title) gin_trgm_ops) where title <> '';
