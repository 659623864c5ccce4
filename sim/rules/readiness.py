"""Readiness: what would a ready side sign, and what does the mediator expect of it?

Read aloud
    Nobody sees whether a side is ready or delays. A ready side is one that would sign a certain simple package with
    a margin to spare; it would then sign other packages more easily too. A delaying side signs only what its
    stated position makes worth signing. Hope is the chance one gives to readiness.

Symbols
    ready_margin (omega)  surplus of the simple package for a ready side
    readiness_bonus  what readiness adds to surplus
    hope (h)    threat_persuades (nu_T), execution_persuades (nu_X)  believed chance that these make it ready

Sources
    Two types and Bayes: Harsanyi (1967); insincere talks: Min (2020), Talking while fighting.
"""

from sim.rules.numerics import Number, at_least, logistic, where


def readiness_bonus(ready_margin: Number, ready_surplus: Number) -> Number:
    """How much better every package would look to a ready side."""
    return at_least(ready_margin - ready_surplus, 0.0)


def ready_signs(
    own_surplus: Number,
    readiness_bonus: Number,
    side_continuation: Number,
    side_threatened_harm: Number,
    precision: Number,
    second_key: Number,
    own_ratifies: Number,
) -> Number:
    """Chance that a ready side signs the package."""
    approval = logistic(
        precision * second_key * (own_surplus + side_threatened_harm + readiness_bonus - side_continuation)
    )
    return approval * approval * where(own_ratifies > 0.0, approval, 1.0)


def hope_after_threat(hope_chance: Number, mediator_threat_persuades: Number, credibility_chance: Number) -> Number:
    """Hope the mediator would have after a threat."""
    return hope_chance + (1.0 - hope_chance) * mediator_threat_persuades * credibility_chance


def hope_after_execution(hope_chance: Number, mediator_execution_persuades: Number) -> Number:
    """Hope the mediator would have after an execution."""
    return hope_chance + (1.0 - hope_chance) * mediator_execution_persuades
