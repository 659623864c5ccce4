"""Export: results as tables for other programs, with a dictionary of every column."""
