-- What an operator must know before the first word: how to address, through what, when; the face and the birthday.
alter table customers.people
  -- ты or вы.
  add column address_form text,
  -- Kind of channel: email, phone, webchat…
  add column preferred_channel text,
  -- `09:00-12:00` by the person's own clock; the end may lie after midnight.
  add column best_time text,
  -- ISO 8601: `1985-04-08`, or `--04-08` while the year is unknown.
  add column birthday text,
  add column photo_id uuid;
alter table customers.people add constraint people_address_form check (address_form in ('familiar', 'formal')) not valid;
alter table customers.people add constraint people_best_time
  check (best_time ~ '^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$') not valid;
alter table customers.people add constraint people_birthday check (birthday ~ '^(\d{4}|-)-\d\d-\d\d$') not valid;
alter table customers.people add constraint people_photo_fkey foreign key (workspace_id, photo_id) references platform.files not valid;
