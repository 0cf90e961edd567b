-- What changed, as the event tells it. Null: the event does not say.
alter table integrations.deliveries add column changes jsonb;
