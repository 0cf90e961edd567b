-- Parts of titles, of cards apart from conversations. The workspace is no column of its own: all titles stand in its list, which cost most of the time of a search.
create index concurrently if not exists search_titles_of_cards on platform.search_documents
  using gin (platform.search_keys(workspace_id, object, at), lower(title) gin_trgm_ops) with (gin_pending_list_limit = 128)
  where title <> '' and object not in ('conversation', 'message');
