-- The field by whose values the rows of a view stand together.
alter table objects.views add column group_by text;
