"""Ensemble: many runs - the same week read on arrays over runs, in parallel blocks, with results that last."""
