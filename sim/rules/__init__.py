"""Rules: the verbs of a negotiation - what happens; each rule is written once and read by every engine."""
