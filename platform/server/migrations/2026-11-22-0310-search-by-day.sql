-- Search looks at what is new first and stops as soon as it has enough, so that a common word costs no more than a rare one.

-- What a span of days is looked up by: the kind of thing alone, and with the day (counted from 1970) on which it was said last.
create function platform.search_keys(object text, at timestamptz) returns text[]
  language sql immutable parallel safe
  return array[object, object || ' ' || floor(extract(epoch from at) / 86400)::int];

-- A word and all words that are one letter shorter: two words of which one is mistyped by a letter have one of these in common, whether
-- the letter is missing, too many, another one or in the wrong place.
create function platform.spellings(word text) returns text[]
  language sql immutable parallel safe
  return array[word] || array(select distinct left(word, n - 1) || substr(word, n + 1) from generate_series(1, length(word)) as n);

-- Every word of a name or title that was ever indexed: what a mistyped word can have meant. Filled here by reading only: nobody waits for it.
create table platform.search_spellings (
  workspace_id uuid not null,
  word text not null,
  spellings text[] not null generated always as (platform.spellings(word)) stored,
  primary key (workspace_id, word)
);
create index search_spellings_alike on platform.search_spellings using gin (workspace_id, spellings);
select platform.protect('platform.search_spellings');

insert into platform.search_spellings (workspace_id, word)
select distinct workspace_id, word
from platform.search_documents, regexp_split_to_table(lower(title), '\s+') as word
where title <> '' and word ~ '^[[:alpha:]-]{4,30}$';

-- Own rows without row-level security between a condition and its index: PostgreSQL uses no index for what might tell of a row before
-- its policy has been asked (`like`, `@@`, `lower`; functions that are not leakproof). Here the workspace is a condition as any other.
create view platform.own_search_documents as
  select * from platform.search_documents where workspace_id = platform.current_workspace();
create view platform.own_search_spellings as
  select * from platform.search_spellings where workspace_id = platform.current_workspace();
grant select on platform.own_search_documents, platform.own_search_spellings to okno_app;
