"""The machine: what a negotiation is made of, one run told, many runs counted."""
