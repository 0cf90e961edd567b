-- As `platform.search_keys(object, at)`, of one workspace: what belongs to it, a kind and a day is then one list in an index instead of two.
create function platform.search_keys(workspace uuid, object text, at timestamptz) returns text[]
  language sql immutable parallel safe
  return array[workspace || ' ' || object, workspace || ' ' || object || ' ' || floor(extract(epoch from at) / 86400)::int];
