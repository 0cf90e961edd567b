-- What the owning module wants back, beside the value, when a row of a bulk edit is put back.
alter table objects.bulk_edit_rows add column memory jsonb;
