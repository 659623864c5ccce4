"""Documents that are made from code: schema, rules, the ODD description, catalogues of claims."""
