-- Which blocks a card has and in which order, for a role or for everybody ('everybody'). No row = the order in which blocks stand by themselves.
create table customers.card_layouts (
  workspace_id uuid not null references platform.workspaces,
  object text not null check (object in ('person', 'company')),
  reader text not null,
  -- [{id, isHidden}], top to bottom.
  blocks jsonb not null,
  primary key (workspace_id, object, reader)
);
select platform.protect('customers.card_layouts');
