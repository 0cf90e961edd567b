-- Own rows without row-level security between a condition and its index (docs/decisions/0008). Only for reading; a column that is added
-- to the table is added here by `create or replace view`.
create view customers.own_people as select * from customers.people where workspace_id = platform.current_workspace();
create view customers.own_companies as select * from customers.companies where workspace_id = platform.current_workspace();
grant select on customers.own_people, customers.own_companies to okno_app;
