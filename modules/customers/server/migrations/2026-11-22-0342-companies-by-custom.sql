-- Equality of any custom value of companies.
create index concurrently if not exists companies_by_custom on customers.companies using gin (workspace_id, custom jsonb_path_ops) where custom <> '{}';
