-- Everything told by transactions below this one can be read already, or never will be: readers hand out no cursor behind it. Not held back by
-- what works in other databases of this PostgreSQL, nor by transactions that say, by their application name, that they tell nothing. A
-- transaction that has ended since the snapshot, or whose name this role may not see, holds back: the answer is low at worst.
create function platform.events_settled_before() returns xid8
language sql stable set search_path = pg_catalog as $$
  select least(
    coalesce(min(running.xid), pg_snapshot_xmax(pg_current_snapshot())),
    pg_current_xact_id_if_assigned())
  from pg_snapshot_xip(pg_current_snapshot()) as running (xid)
  where not exists (
    select from pg_stat_activity as a
    where a.backend_xid = running.xid::xid
      and (a.datid <> (select oid from pg_database where datname = current_database()) or a.application_name = 'okno quiet'))
$$;
grant execute on function platform.events_settled_before() to okno_app;
