drop index concurrently if exists platform.search_titles;
