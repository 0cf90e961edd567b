-- Lists as somebody keeps them: which columns, which condition, which order.

create table objects.views (
  workspace_id uuid not null references platform.workspaces,
  id uuid not null default uuidv7(),
  -- Key of the object, declared or custom.
  object text not null,
  owner_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  is_shared boolean not null default false,
  -- [{field, width?}], widths in CSS pixels.
  columns jsonb not null,
  -- null = everything.
  condition jsonb,
  sort text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id)
);
-- Also serves the list of somebody's views.
create unique index views_by_name on objects.views (workspace_id, object, owner_id, lower(name));
create index views_shared on objects.views (workspace_id, object) where is_shared;
select platform.protect('objects.views');
