select platform.keep_references_of('objects.records');
