"""Model: what the rules work on - layout, parameters, random streams, initial state - and the one clock of a run."""
