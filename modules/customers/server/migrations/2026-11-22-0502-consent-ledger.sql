-- Who wrote a consent down and on what ground, by which channel it lets us speak, and who took it back, where and why.
alter table customers.consents
  -- Null = by any channel.
  add column channel text,
  -- Why it is believed: `form`, `paper`, `call`, `message`, `contract`.
  add column ground text,
  add column operator_id uuid,
  add column operator_name text,
  add column withdrawn_source text,
  add column withdrawn_reason text,
  add column withdrawn_by text;
