create index concurrently if not exists employments_untold on customers.employments (workspace_id, id) where not is_told;
