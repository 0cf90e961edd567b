-- Rights of the person: restricted = kept, but neither changed, written to, matched nor exported; erased = nothing is left that tells who it was.
alter table customers.people
  add column restricted_at timestamptz,
  add column restricted_reason text,
  add column erased_at timestamptz;
create or replace view customers.own_people as select * from customers.people where workspace_id = platform.current_workspace();
