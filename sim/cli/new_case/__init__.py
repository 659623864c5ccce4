"""Authoring: what starts a case of one's own."""
