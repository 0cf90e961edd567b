-- Who was said to be meant by a name in a column of operators, so that the next file of the same product asks no more.

create table exchange.known_operators (
  workspace_id uuid not null references platform.workspaces,
  -- Compared by its words in small letters and in one order.
  name text not null,
  operator_id uuid not null,
  primary key (workspace_id, name),
  foreign key (workspace_id, operator_id) references access.operators
);
select platform.protect('exchange.known_operators');
