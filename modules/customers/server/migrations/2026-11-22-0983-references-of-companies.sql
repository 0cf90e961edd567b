select platform.keep_references_of('customers.companies');
