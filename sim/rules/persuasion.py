"""Persuasion: how far is a side believed to have been made ready by threats and executions?

Read aloud
    A threat is believed to change minds as far as it is credible; an execution is believed to do so more surely.

Symbols
    threat_persuades (nu_T), execution_persuades (nu_X)  believed chances    credibility_chance (q)

Sources
    Compellence: Schelling (1966), Arms and Influence.
"""

from sim.rules.numerics import Number, where


def persuasion(
    threatened: Number,
    threat_persuades: Number,
    credibility_chance: Number,
    hit: Number,
    execution_persuades: Number,
) -> Number:
    """Believed chance that this week's threats and executions have made the side ready."""
    by_words = where(threatened > 0.0, threat_persuades * credibility_chance, 0.0)
    by_executions = where(hit > 0.0, execution_persuades, 0.0)
    return 1.0 - (1.0 - by_words) * (1.0 - by_executions)
