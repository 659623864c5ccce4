"""Generators: documents made from code - schema, rules with equations, the ODD description, commands, claims."""
