"""Narrative: one run narrated, week by week, in words."""
