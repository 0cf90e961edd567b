-- Lists of people by city, and of the people of one city.
create index concurrently if not exists people_by_city on customers.people (workspace_id, lower(city), id);
