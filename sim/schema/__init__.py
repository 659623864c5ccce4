"""Schema: the nouns of a negotiation - what there is, as frozen and checked data."""
