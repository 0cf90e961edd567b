drop index concurrently if exists inbox.conversations_of_priority;
