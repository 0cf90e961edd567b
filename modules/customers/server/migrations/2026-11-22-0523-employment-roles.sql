-- What somebody does when the company decides to buy: decides, influences, uses, signs, pays, gatekeeper.
alter table customers.employments add column roles text[] not null default '{}';
-- The first to turn to at this company.
alter table customers.employments add column is_main boolean not null default false;
-- Their history stands in the company's timeline; false = a job is to put it there.
alter table customers.employments add column is_told boolean not null default false;
