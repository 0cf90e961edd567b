-- What speaks for and against two cards being one person. Null = not weighed yet.
alter table customers.likenesses add column bits real;
alter table customers.likenesses add column probability real;
-- [{field, level, weight, a, b}]: weight in bits.
alter table customers.likenesses add column evidence jsonb not null default '[]';
-- The fields that agree, such as `phone+given`: precision is counted by it.
alter table customers.likenesses add column rule text;
alter table customers.likenesses add column verdict text;
alter table customers.likenesses add column decided_at timestamptz;
alter table customers.likenesses drop constraint likenesses_state_check;
alter table customers.likenesses add constraint likenesses_state_check check (state in ('open', 'dismissed', 'merged')) not valid;
