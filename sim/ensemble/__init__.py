"""Ensemble: many runs - planned, played in parallel blocks, and put together as results."""
