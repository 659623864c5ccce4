"""New case: what starts a case of one's own."""
