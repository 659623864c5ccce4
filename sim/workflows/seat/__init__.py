"""Seat: one actor of a scenario played by a person, the others by the model."""
