-- Own records without row-level security between a condition and its index (docs/decisions/0008). Only for reading; a column that is added
-- to the table is added here by `create or replace view`.
create view objects.own_records as select * from objects.records where workspace_id = platform.current_workspace();
grant select on objects.own_records to okno_app;
