select platform.keep_references_of('inbox.conversations');
