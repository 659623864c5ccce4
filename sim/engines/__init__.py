"""Engines: what applies the rules week by week - Mesa, NumPy, compiled code; all with the same bits."""
