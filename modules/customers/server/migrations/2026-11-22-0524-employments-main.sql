create unique index concurrently if not exists employments_main on customers.employments (workspace_id, company_id) where is_main;
