-- Several people use it (family, office): it says nothing about who writes and makes no two cards alike.
alter table customers.identities add column shared boolean not null default false;
