"""Questions: results turned into numbers; one question, one file, one result type."""
