-- What changed, with the values before and after: for systems that are told of events. Screens never read it, so no field is shown to a
-- role that may not see it.
alter table platform.events add column changes jsonb;
