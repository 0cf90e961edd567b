-- The version before finds the same without it, more slowly, for the minute until its processes end; kept beside the new ones it would make each card dearer.
drop index concurrently if exists platform.search_titles_by_day;
