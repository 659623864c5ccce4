"""Engines: who plays the rules - Mesa on one run, NumPy on arrays over runs, compiled code; all with the same bits."""
