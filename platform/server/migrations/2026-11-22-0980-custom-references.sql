-- Which objects own values name: a row for each id among the custom values of whatever row. Containment in jsonb is no condition by which PostgreSQL
-- joins tables, and it has no statistics of it, so every list by what names its rows was asked row by row.
create table platform.custom_references (
  workspace_id uuid not null,
  -- The row that holds the value, of any table; ids are never given twice.
  from_id uuid not null,
  key text not null,
  to_id uuid not null,
  primary key (workspace_id, from_id, key)
);
create index custom_references_to on platform.custom_references (workspace_id, key, to_id, from_id);
select platform.protect('platform.custom_references');
create view platform.own_custom_references as
  select * from platform.custom_references where workspace_id = platform.current_workspace();
grant select on platform.own_custom_references to okno_app;

-- Ids among custom values, as conditions read them; whether a field was described for them is not asked.
create function platform.references_among(custom jsonb) returns table (key text, to_id uuid)
  language sql immutable parallel safe as $$
    select each.key, each.value::uuid
    from jsonb_each_text(case when jsonb_typeof(custom) = 'object' then custom else '{}' end) as each
    where each.value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  $$;

-- For a trigger after each row of a table with the columns `workspace_id`, `id` and `custom`: whoever writes it, of whichever version.
create function platform.keep_references() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from platform.custom_references as kept
    where kept.workspace_id = old.workspace_id and kept.from_id = old.id
      and (tg_op = 'DELETE' or not exists (select from platform.references_among(new.custom) as named where named.key = kept.key));
  end if;
  if tg_op <> 'DELETE' then
    insert into platform.custom_references as kept (workspace_id, from_id, key, to_id)
    select new.workspace_id, new.id, named.key, named.to_id from platform.references_among(new.custom) as named
    on conflict (workspace_id, from_id, key) do update set to_id = excluded.to_id where kept.to_id <> excluded.to_id;
  end if;
  return null;
end $$;

-- Puts the trigger on a table. Rows without an id among their custom values do not fire it.
create function platform.keep_references_of(target regclass) returns void language plpgsql as $$
declare
  named constant text := '": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"';
begin
  execute format('create trigger references_begun after insert on %s for each row when (new.custom <> ''{}'' and new.custom::text ~ %L) execute function platform.keep_references()', target, named);
  execute format('create trigger references_changed after update on %s for each row when (old.custom is distinct from new.custom and (coalesce(old.custom::text, '''') || coalesce(new.custom::text, '''')) ~ %L) execute function platform.keep_references()', target, named);
  execute format('create trigger references_ended after delete on %s for each row when (old.custom <> ''{}'' and old.custom::text ~ %L) execute function platform.keep_references()', target, named);
end $$;
