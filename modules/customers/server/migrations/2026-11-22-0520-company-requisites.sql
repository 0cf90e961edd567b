-- What a company is in law, how it is reached, whose it is and which one stands above it.
alter table customers.companies add column legal_name text;
alter table customers.companies add column legal_form text;
alter table customers.companies add column kpp text;
-- OGRN of an organisation, OGRNIP of an entrepreneur.
alter table customers.companies add column ogrn text;
alter table customers.companies add column bic text;
alter table customers.companies add column account text;
alter table customers.companies add column phones text[] not null default '{}';
alter table customers.companies add column emails text[] not null default '{}';
-- [{kind, text, postcode, country, region, city}], the first of a kind before the others.
alter table customers.companies add column addresses jsonb not null default '[]';
alter table customers.companies add column industry text;
alter table customers.companies add column size text;
alter table customers.companies add column owner_id uuid;
-- The company above it in its group. Rings are refused under a lock of the workspace (move-company.ts).
alter table customers.companies add column parent_id uuid;
alter table customers.companies add constraint companies_owner_id_fkey foreign key (workspace_id, owner_id)
  references access.operators not valid;
alter table customers.companies add constraint companies_parent_id_fkey foreign key (workspace_id, parent_id)
  references customers.companies on delete set null (parent_id) not valid;
create or replace view customers.own_companies as
  select * from customers.companies where workspace_id = platform.current_workspace();
