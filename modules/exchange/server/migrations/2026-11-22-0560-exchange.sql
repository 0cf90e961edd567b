-- Lists of customers that come in from files and go out into them.

create schema exchange;
grant usage on schema exchange to okno_app;
