-- A key may be for some tools and nothing else; null is the whole API. Keys of the version before stay as they are.

alter table access.api_keys add column tools text[];
grant select (tools), update (tools) on access.api_keys to okno_app;
