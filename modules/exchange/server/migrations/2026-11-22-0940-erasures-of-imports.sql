-- How often somebody in an import was erased: rows that were read before are not taken in after. It was told by the row itself, which changes with each
-- stretch of rows that is counted; lanes go on without waiting for the count now.
alter table exchange.imports add column erasures int not null default 0;
