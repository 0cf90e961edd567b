-- Up to this row search knows the cards that the import made; a job follows the rows that are done. Empty = search knows them at once.
alter table exchange.imports add column searched integer;
