-- What was written lately waits in a list that every search reads from end to end: 4 MB of it doubled the time of a search. Whoever fills it
-- puts it in its place; a short one is filled more often, each time with less to do.
alter index platform.search_words_by_day set (gin_pending_list_limit = 128);
alter index platform.search_titles_by_day set (gin_pending_list_limit = 128);
