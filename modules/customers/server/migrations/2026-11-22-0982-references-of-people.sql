select platform.keep_references_of('customers.people');
