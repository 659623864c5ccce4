"""Methods: results turned into numbers; one method, one file, one result type."""
