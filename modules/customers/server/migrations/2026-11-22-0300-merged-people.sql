-- A merge is a link: both cards stay, one is shown. Null = shown itself; else the card at the top of the chain, never one in its middle.
alter table customers.people add column shown_as uuid;
alter table customers.people add constraint people_shown_as_fkey foreign key (workspace_id, shown_as)
  references customers.people on delete set null (shown_as) not valid;
