-- What happened with a company and with those who worked there at the time, so that its card reads one index range (docs/decisions/0015).
create table customers.company_timeline (
  workspace_id uuid not null,
  company_id uuid not null,
  at timestamptz(3) not null,
  -- Of the entry in `timeline` that it repeats; else its own.
  id uuid not null,
  -- Whose entry it repeats; null = the company's own.
  person_id uuid,
  kind text,
  data jsonb,
  primary key (workspace_id, company_id, at, id),
  check ((person_id is null) = (kind is not null)),
  foreign key (workspace_id, company_id) references customers.companies on delete cascade,
  foreign key (workspace_id, person_id) references customers.people on delete cascade
);
create index company_timeline_of_person on customers.company_timeline (workspace_id, person_id, company_id) where person_id is not null;
select platform.protect('customers.company_timeline');
