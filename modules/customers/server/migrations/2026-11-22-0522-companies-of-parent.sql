create index concurrently if not exists companies_of_parent on customers.companies (workspace_id, parent_id) where parent_id is not null;
