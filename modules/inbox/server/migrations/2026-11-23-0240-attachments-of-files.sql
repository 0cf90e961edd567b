-- Whether a file still stands somewhere: asked for each file that is forgotten, by its foreign key too.
create index concurrently if not exists attachments_of_file on inbox.attachments (workspace_id, file_id);
