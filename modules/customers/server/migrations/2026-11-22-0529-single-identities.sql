-- Somebody said that one person uses it, whatever names it is used under: nobody is asked again.
alter table customers.identities add column is_single boolean not null default false;
