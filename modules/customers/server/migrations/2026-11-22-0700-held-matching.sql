-- While a long list comes in, its cards are compared afterwards: so long at most. Empty = nothing is held.
alter table customers.matching add column held_until timestamptz;
