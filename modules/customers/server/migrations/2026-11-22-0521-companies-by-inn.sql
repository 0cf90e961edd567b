create index concurrently if not exists companies_by_inn on customers.companies (workspace_id, inn) where inn is not null;
