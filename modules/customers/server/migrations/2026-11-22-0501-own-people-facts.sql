-- The view names the new columns of its table.
create or replace view customers.own_people as select * from customers.people where workspace_id = platform.current_workspace();
