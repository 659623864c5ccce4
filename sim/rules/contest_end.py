"""Contest end: does the contest end by collapse, or in a direct clash?

Read aloud
    While the fighting lasts, a side whose staying power is low may collapse, and the other side prevails.
    Rarely a direct clash with outside powers begins; some levers make it likelier.

Symbols
    collapse_hazard (hz)  chance per week at a resilience of .45, by definition    resilience (z)
    clash_risk  added by levers that take effect   ended  0 no, 1 first prevails, 2 second prevails, 3 clash

Sources
    Hazard of war ending: Bennett and Stam (1996), The duration of interstate wars.
"""

from sim.rules.numerics import Number, exp, flag, where
from sim.rules.stages import IN_FORCE

STEEPNESS = 6.0
REFERENCE = 0.45
FIRST_PREVAILS, SECOND_PREVAILS, CLASH = 1.0, 2.0, 3.0


def collapses(collapse_hazard: Number, resilience: Number, fighting: Number, luck_collapse: Number) -> Number:
    """1 if the side collapses this week."""
    return flag((luck_collapse < collapse_hazard * exp(STEEPNESS * (REFERENCE - resilience))) & (fighting > 0.0))


def contest_outcome(
    ended: Number,
    fighting: Number,
    first_collapsed: Number,
    first_luck_collapse: Number,
    second_collapsed: Number,
    second_luck_collapse: Number,
    clash_hazard: Number,
    clash_risk: Number,
    luck_clash: Number,
) -> Number:
    """How the contest has ended, if it has."""
    first_falls = (first_collapsed > 0.0) & ((second_collapsed == 0.0) | (first_luck_collapse < second_luck_collapse))
    second_falls = (second_collapsed > 0.0) & ((first_collapsed == 0.0) | (second_luck_collapse < first_luck_collapse))
    by_collapse = where(first_falls, SECOND_PREVAILS, where(second_falls, FIRST_PREVAILS, 0.0))
    clash = (luck_clash < clash_hazard * (1.0 + clash_risk)) & (fighting > 0.0)
    now = where(clash, CLASH, by_collapse)
    return where(ended > 0.0, ended, now)


def still_fighting(stage: Number, ended: Number) -> Number:
    """1 while guns are not silent and the contest has not ended."""
    return flag((stage < IN_FORCE) & (ended == 0.0))
