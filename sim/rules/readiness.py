"""Readiness: what would a ready side sign, and what does the mediator expect of it?

Read aloud
    Nobody sees whether a side is ready or delays. A ready side is one that would sign a certain simple package with
    a margin to spare; it would then sign other packages more easily too. A delaying side signs only what its
    stated position makes worth signing. Hope is the chance one gives to readiness.

Symbols
    ready_margin (omega)  surplus of the simple package for a ready side    lift  what readiness adds to surplus
    hope (h)   threat_persuades (nu_T), deed_persuades (nu_X)  believed chance that words or deeds make it ready

Sources
    Two types and Bayes: Harsanyi (1967); insincere talks: Min (2020), Talking while fighting.
"""

from sim.rules.words import Number, at_least, logistic, where


def lift(ready_margin: Number, ready_surplus: Number) -> Number:
    """How much better every package would look to a ready side."""
    return at_least(ready_margin - ready_surplus, 0.0)


def ready_signs(
    mine_surplus: Number, lift: Number, precision: Number, second_key: Number, mine_ratifies: Number
) -> Number:
    """Chance that a ready side signs the package."""
    key = logistic(precision * second_key * (mine_surplus + lift))
    return key * key * where(mine_ratifies > 0.0, key, 1.0)


def hope_after_threat(hope_chance: Number, mediator_threat_persuades: Number, credibility_chance: Number) -> Number:
    """Hope the mediator would have after a threat."""
    return hope_chance + (1.0 - hope_chance) * mediator_threat_persuades * credibility_chance


def hope_after_deed(hope_chance: Number, mediator_deed_persuades: Number) -> Number:
    """Hope the mediator would have after a deed."""
    return hope_chance + (1.0 - hope_chance) * mediator_deed_persuades
