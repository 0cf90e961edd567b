-- Titles share their words: of which known words a text is a part is found among these, and then the titles with these words.
create index concurrently if not exists search_spellings_by_part on platform.search_spellings
  using gin (workspace_id, word gin_trgm_ops);
